export function LiveBadge() {
  return (
    <span class="live-badge">
      <span class="live-dot" aria-hidden="true" />
      Live
    </span>
  );
}
