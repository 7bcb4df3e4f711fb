/** An unsigned ID token, which only the emulators accept. */
export function unsignedToken(projectId: string, uid: string, claims: object = {}): string {
  const now = Math.floor(Date.now() / 1_000);
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  const payload = {
    ...claims,
    iss: `https://securetoken.google.com/${projectId}`,
    aud: projectId,
    sub: uid,
    user_id: uid,
    auth_time: now,
    iat: now,
    exp: now + 3_600,
    firebase: { sign_in_provider: "custom", identities: {} },
  };
  return `${part({ alg: "none", typ: "JWT" })}.${part(payload)}.`;
}
