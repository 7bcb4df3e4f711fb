/** An app without voices. `npm run test:mobile` bundles it, and fails if LiveKit is in the bundle. */
import { openAmbient } from "@ambient/client/core";
import { AppRegistry } from "react-native";

AppRegistry.registerRunnable("withoutAudio", () => openAmbient);
