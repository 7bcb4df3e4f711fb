import { render } from "preact";
import { Root } from "./app/Root.js";
import { applyTheme } from "./app/theme.js";
import "./look/tokens.css";
import "./look/base.css";
import "./look/ui.css";
import "./look/shell.css";
import "./look/discover.css";
import "./look/notifications.css";
import "./look/show.css";
import "./look/stage.css";
import "./look/music.css";
import "./look/comments.css";
import "./look/reactions.css";
import "./look/support.css";

applyTheme();
const app = document.getElementById("app");
if (app) render(<Root />, app);
