const paths = {
  microphone:
    "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.500V21",
  microphoneOff:
    "M15 9.500V6a3 3 0 0 0-5.7-1.300M9 9v2a3 3 0 0 0 4.5 2.600M5.5 11a6.5 6.5 0 0 0 10 5.500M18.5 11a6.4 6.4 0 0 1-.6 2.700M12 17.500V21M4 4l16 16",
  hand: "M8 12V6.500a1.5 1.5 0 0 1 3 0V11m0-1.500v-5a1.5 1.5 0 0 1 3 0V11m0-5a1.5 1.5 0 0 1 3 0v8.500c0 3.5-2.5 6.5-6 6.5-2.5 0-4-1-5.3-3.300L4.3 15a1.5 1.5 0 0 1 2.5-1.600L8 15",
  play: "M8 5.500v13l10.5-6.500L8 5.500Z",
  pause: "M8.5 5.500v13M15.5 5.500v13",
  next: "M6 6v12l9-6-9-6ZM18 6v12",
  previous: "M18 6v12l-9-6 9-6ZM6 6v12",
  pin: "M9 4h6l-1 6 3 3H7l3-3-1-6ZM12 13v7",
  hide: "M4 4l16 16M10 6.300A9 9 0 0 1 12 6c5 0 8 4.5 9 6a17 17 0 0 1-2.7 3.200M6.3 8.200A16 16 0 0 0 3 12c1 1.5 4 6 9 6a8.6 8.6 0 0 0 3.6-.8M10 10a2.8 2.8 0 0 0 4 4",
  show: "M3 12c1-1.5 4-6 9-6s8 4.5 9 6c-1 1.5-4 6-9 6s-8-4.5-9-6ZM12 9.200a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.600Z",
  trash: "M5 7h14M10 4h4M7 7l1 13h8l1-13",
  up: "M12 19V6M6 11l6-6 6 6",
  down: "M12 5v13M6 13l6 6 6-6",
  close: "M6 6l12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0M16 4.500a3.5 3.5 0 0 1 0 6.500M18 14.500a6.5 6.5 0 0 1 3.5 5.5",
  chat: "M4 5h16v11H9l-5 4V5Z",
  music:
    "M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM19 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z",
  back: "M15 5l-7 7 7 7",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.400M17.6 17.6 19 19M5 19l1.4-1.400M17.6 6.4 19 5",
  moon: "M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500Z",
  half: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 3v18",
  settings: "M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h10M18 17h2M16 15v4",
  sound: "M4 9.500v5h4l5 4v-13l-5 4H4ZM16.5 9a4.5 4.5 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11",
  soundOff: "M4 9.500v5h4l5 4v-13l-5 4H4ZM17 9.500l5 5M22 9.500l-5 5",
  crown: "M4 18h16M4.5 15 3.5 7l5 3.500L12 5l3.5 5.5 5-3.5-1 8h-15Z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  calendar: "M4 6h16v14H4V6ZM4 10h16M8 3v4M16 3v4",
  offline:
    "M4 4l16 16M2.5 9A14 14 0 0 1 7 6.200M11 5a14 14 0 0 1 10.5 4M6 12.800a9 9 0 0 1 4-2.200M15 11.500a9 9 0 0 1 3 1.600M9.5 16.500a4 4 0 0 1 5 0M12 20h.01",
} as const;

export type IconName = keyof typeof paths;

/** Never alone: what it stands beside, or its button's label, says the same in words. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width={name === "more" ? 3 : 1.8}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
