import { Component, type ComponentChildren } from "preact";
import { Button } from "../ui/Button.js";
import { NoticePage } from "../ui/Notice.js";
import { ToDiscover } from "./ToDiscover.js";
import { words } from "../words/words.js";

/** Catches a bug in a view and offers a way on, instead of a blank page. Each view has its own. */
export class Broken extends Component<
  {
    readonly children: ComponentChildren;
    readonly onChange: (isBroken: boolean) => void;
  },
  { isBroken: boolean }
> {
  override state = { isBroken: false };

  static override getDerivedStateFromError() {
    return { isBroken: true };
  }

  override componentDidCatch(error: unknown) {
    reportError(error);
    this.props.onChange(true);
  }

  override componentWillUnmount() {
    if (this.state.isBroken) this.props.onChange(false);
  }

  override render() {
    if (!this.state.isBroken) return this.props.children;
    return (
      <NoticePage
        icon="close"
        title={words.app.broken.title}
        actions={
          <>
            <Button
              onClick={() => {
                location.reload();
              }}
            >
              {words.app.broken.reload}
            </Button>
            <ToDiscover />
          </>
        }
      >
        <p>{words.app.broken.text}</p>
      </NoticePage>
    );
  }
}
