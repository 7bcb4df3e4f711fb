/** A user with a Spotify account, selectable by tests and on the consent page. */
export interface Persona {
  /** The id in tests and on the consent page. Spotify does not use it. */
  readonly id: string;
  /** Constant for the account's lifetime. Null if `/v1/me` lacks it. */
  readonly accountId: string | null;
  /** Spotify's `id`, which may change. */
  readonly spotifyId: string;
  readonly displayName: string | null;
  readonly imageUrl: string | null;
  readonly product: "free" | "premium";
  readonly email: string | null;
  readonly country: string;
  /**
   * Whether the user is on the app's allow-list. Others can log in, but get 403 from the Web API.
   */
  readonly allowed: boolean;
}

export const personas: readonly Persona[] = [
  {
    id: "creator-ada",
    accountId: "4fQm0ZrT7cXw2YkHn9LbVd",
    spotifyId: "ada.broadcasts",
    displayName: "Ada Okafor",
    imageUrl: "https://i.scdn.co/image/ab6775700000ee8551c0d3a7e94b62f8170ad9ce",
    product: "premium",
    email: "ada@example.com",
    country: "GB",
    allowed: true,
  },
  {
    id: "creator-ben",
    accountId: "1uPzK8sWq5JvXo3RgTyA6e",
    spotifyId: "31nq7x4bvz2kd6yhw5lrc3tmfaoe",
    displayName: "Ben Lindqvist",
    imageUrl: "https://i.scdn.co/image/ab6775700000ee859f2b7740c1de8a3564e0b19d",
    product: "premium",
    email: "ben@example.com",
    country: "SE",
    allowed: true,
  },
  {
    id: "creator-cleo",
    accountId: "6hGd2NfMx0RbEa8QwUc4Kj",
    spotifyId: "cleo-after-dark",
    displayName: "Cléo Marchand",
    imageUrl: null,
    product: "free",
    email: "cleo@example.com",
    country: "FR",
    allowed: true,
  },
  {
    id: "listener-dan",
    accountId: "0yTb5VkLe3ZsWn7PmHq9Xr",
    spotifyId: "1187264530",
    displayName: "Dan",
    imageUrl: "https://i.scdn.co/image/ab6775700000ee8503e86fd1a2974bc5d0182ef7",
    product: "premium",
    email: "dan@example.com",
    country: "US",
    allowed: true,
  },
  {
    id: "listener-eve",
    accountId: "7jAo4XcRg1UdYt6KsMv8Bz",
    spotifyId: "31wlk5r2hdqj7nayex3v6ztbmupc",
    displayName: null,
    imageUrl: "https://i.scdn.co/image/ab6775700000ee85c74de10f5b3928a6d7f06e12",
    product: "free",
    email: "eve@example.com",
    country: "US",
    allowed: true,
  },
  {
    id: "listener-fay",
    accountId: "2mEw9QnHu6LfZp0TbVx5Cs",
    spotifyId: "faye_listens",
    displayName: "Fay 🎧",
    imageUrl: "https://i.scdn.co/image/ab6775700000ee8568b1f2d09ce74a35e186027f",
    product: "premium",
    email: "fay@example.com",
    country: "BR",
    allowed: true,
  },
  {
    id: "listener-gus",
    accountId: "5rVk3YbJd8OxNi1GwZa7Te",
    spotifyId: "gus.van",
    displayName: "Gus van der Meer",
    imageUrl: null,
    product: "free",
    email: "gus@example.com",
    country: "NL",
    allowed: true,
  },
  {
    id: "listener-hal",
    accountId: "3xSc6UmPo2ByGe9DtLh0Fq",
    spotifyId: "hal-not-invited",
    displayName: "Hal",
    imageUrl: null,
    product: "premium",
    email: "hal@example.com",
    country: "CA",
    allowed: false,
  },
];
