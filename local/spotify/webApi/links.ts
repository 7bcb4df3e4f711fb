/** An item's address in the Web API, its web page, and its Spotify URI. */
export function linksOf(type: string, id: string) {
  const path = encodeURIComponent(id);
  return {
    external_urls: { spotify: `https://open.spotify.com/${type}/${path}` },
    href: `${apiUrl}/${type}s/${path}`,
    id,
    type,
    uri: `spotify:${type}:${id}`,
  };
}

export const apiUrl = "https://api.spotify.com/v1";
