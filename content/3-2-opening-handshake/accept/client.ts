// The server tells us the key that our browser sent. What
// must it have answered?
const ws = new WebSocket('/handshake');

ws.onmessage = (event) => {
  const key = event.data;
  console.log('our key was', key);
  ws.send(acceptFor(key));
  ws.close(1000, 'done');
};

function acceptFor(key: string): string {
  const digest = sha1(key); // something is still missing here
  return btoa(String.fromCharCode(...digest));
}

// Given: SHA-1 of ASCII text, as 20 bytes (RFC 3174).
// base64 of bytes: btoa(String.fromCharCode(...bytes))
function sha1(text: string): Uint8Array {
  const bytes = [...text]
    .map((c) => c.charCodeAt(0))
    .concat(0x80);
  while (bytes.length % 64 !== 56) bytes.push(0);
  bytes.push(
    0,
    0,
    0,
    0,
    ...[24, 16, 8, 0].map(
      (shift) => ((text.length * 8) >>> shift) & 255,
    ),
  );
  const rotate = (n: number, by: number) =>
    (n << by) | (n >>> (32 - by));
  const at = (list: ArrayLike<number>, i: number) =>
    list[i] ?? 0;
  let h = [
    0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
    0xc3d2e1f0,
  ];
  for (let block = 0; block < bytes.length; block += 64) {
    const w = Array.from({ length: 16 }, (_, i) =>
      [0, 1, 2, 3].reduce(
        (n, j) => (n << 8) | at(bytes, block + i * 4 + j),
        0,
      ),
    );
    for (let t = 16; t < 80; t++)
      w.push(
        rotate(
          at(w, t - 3) ^
            at(w, t - 8) ^
            at(w, t - 14) ^
            at(w, t - 16),
          1,
        ),
      );
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = h;
    for (let t = 0; t < 80; t++) {
      const f =
        t < 20
          ? (b & c) | (~b & d)
          : t >= 40 && t < 60
            ? (b & c) | (b & d) | (c & d)
            : b ^ c ^ d;
      const k = at(
        [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6],
        Math.floor(t / 20),
      );
      [a, b, c, d, e] = [
        (rotate(a, 5) + f + e + k + at(w, t)) | 0,
        a,
        rotate(b, 30),
        c,
        d,
      ];
    }
    h = [a, b, c, d, e].map(
      (value, i) => (value + at(h, i)) | 0,
    );
  }
  return Uint8Array.from(
    h.flatMap((word) =>
      [24, 16, 8, 0].map((shift) => (word >>> shift) & 255),
    ),
  );
}
