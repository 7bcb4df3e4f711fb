/** Where the thing is: in the Web API, on the web, and by Spotify's own name. */
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
