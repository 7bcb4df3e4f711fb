import { Component, type ComponentChildren } from "preact";
import { Button } from "../ui/Button.js";
import { NoticePage } from "../ui/Notice.js";
import { ToDiscover } from "./ToDiscover.js";

/** Catches a bug in a view and offers a way on, instead of a blank page. Each view has its own. */
export class Broken extends Component<
  { readonly children: ComponentChildren },
  { isBroken: boolean }
> {
  override state = { isBroken: false };

  static override getDerivedStateFromError() {
    return { isBroken: true };
  }

  override componentDidCatch(error: unknown) {
    reportError(error);
  }

  override render() {
    if (!this.state.isBroken) return this.props.children;
    return (
      <NoticePage
        icon="close"
        title="Something is broken"
        actions={
          <>
            <Button
              onClick={() => {
                location.reload();
              }}
            >
              Load the page again
            </Button>
            <ToDiscover />
          </>
        }
      >
        <p>This is our fault. The browser's console has details.</p>
      </NoticePage>
    );
  }
}
