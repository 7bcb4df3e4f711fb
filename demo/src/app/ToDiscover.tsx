/** A link for pages where there is nothing more to do. */
export function ToDiscover() {
  return (
    <a class="button button-primary" href="#/">
      <span>See what's on</span>
    </a>
  );
}
