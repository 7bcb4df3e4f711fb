/**
 * Sends requests to a running server's `/__control/…`. Rejects with the server's message if it
 * refuses.
 */
export function controlCaller(url: string) {
  async function send(method: string, operation: string, body?: unknown): Promise<string> {
    const response = await fetch(`${url}/__control/${operation}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${operation}: ${response.status} ${answer}`);
    return answer;
  }
  return {
    send,
    post: async (operation: string, body: unknown) => {
      await send("POST", operation, body);
    },
    remove: async (operation: string) => {
      await send("DELETE", operation);
    },
  };
}
