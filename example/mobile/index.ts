import { registerRootComponent } from "expo";
import { App } from "./src/root/App";

registerRootComponent(App);
