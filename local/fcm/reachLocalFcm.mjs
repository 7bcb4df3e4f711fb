// Plain JavaScript, because the process that serves the functions loads it on plain Node.
import http2 from "node:http2";

const FCM = "https://fcm.googleapis.com";

/**
 * Sends this process's connections to FCM to the local FCM at `url`: the Admin SDK has no setting for the address. The
 * returned function undoes it.
 */
export function reachLocalFcm(url) {
  const { connect } = http2;
  http2.connect = (authority, ...rest) => {
    if (String(authority) !== FCM) return connect.call(http2, authority, ...rest);
    const session = connect.call(http2, url, ...rest);
    const request = session.request.bind(session);
    // The SDK writes "https:", which Node's server refuses and Google's accepts.
    session.request = (headers, options) => request({ ...headers, ":scheme": "http" }, options);
    return session;
  };
  return () => {
    http2.connect = connect;
  };
}
