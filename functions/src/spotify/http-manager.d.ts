/** The seam of spotify-web-api-node 5: every call of the library goes through this one function. */
declare module "spotify-web-api-node/src/http-manager.js" {
  interface Response {
    body: unknown;
    headers: Record<string, string>;
    statusCode: number;
  }
  interface Request {
    query(parameters: Record<string, unknown>): Request;
    set(headers: Record<string, string>): Request;
    send(data: string | Record<string, unknown>): Request;
    ok(accept: (response: Response) => boolean): Request;
    timeout(limits: { deadline: number }): Request;
    redirects(count: number): Request;
    maxResponseSize(bytes: number): Request;
    buffer(whole: boolean): Request;
    parse(
      read: (
        response: NodeJS.ReadableStream,
        done: (error: Error | null, body: unknown) => void,
      ) => void,
    ): Request;
    end(done: (error: unknown, response: Response) => void): void;
  }
  interface RequestOptions {
    query?: Record<string, unknown>;
    headers?: Record<string, string>;
    data?: string | Record<string, unknown>;
  }
  const httpManager: {
    _makeRequest(
      method: (uri: string) => Request,
      options: RequestOptions,
      uri: string,
      done: (error: unknown, response?: Response) => void,
    ): void;
  };
  export default httpManager;
}
