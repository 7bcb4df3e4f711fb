export function Logo({ size = 32 }: { readonly size?: number }) {
  return (
    <svg class="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" class="logo-ground" />
      <path d="M9 13v6M13.7 9v14M18.3 11.5v9M23 14v4" class="logo-bars" />
    </svg>
  );
}
