import type { Operation } from "./operation.js";
import { adminOperations } from "./operations/admins.js";
import { audienceOperations } from "./operations/audience.js";
import { conversationOperations } from "./operations/conversation.js";
import { musicOperations } from "./operations/music.js";
import { paymentOperations } from "./operations/payments.js";
import { personOperations } from "./operations/people.js";
import { showOperations } from "./operations/shows.js";
import { stageOperations } from "./operations/stage.js";

export const operations: readonly Operation[] = [
  ...showOperations,
  ...audienceOperations,
  ...stageOperations,
  ...musicOperations,
  ...conversationOperations,
  ...paymentOperations,
  ...adminOperations,
  ...personOperations,
];
