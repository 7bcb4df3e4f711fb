// Browsers have what the sign-in needs.
export {};
