// First, before anything that looks for `crypto`.
import "./src/crypto/crypto";
import { registerRootComponent } from "expo";
import { App } from "./src/root/App";

registerRootComponent(App);
