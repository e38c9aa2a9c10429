"use strict";
// What a phone does to show a signed card without a network: CBOR, COSE_Sign1, base45, and the QR code.
// The format is that of docs/codes.md. Nothing here asks anybody anything.

const walletCode = (() => {
  const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

  const joined = (...parts) => [].concat(...parts.map((part) => Array.from(part)));
  const ascii = (text) => Array.from(text, (letter) => letter.charCodeAt(0));

  // CBOR (RFC 8949, core deterministic): heads of numbers, byte and text strings.
  function head(kind, size) {
    if (size < 24) return [(kind << 5) | size];
    if (size < 0x100) return [(kind << 5) | 24, size];
    if (size < 0x10000) return [(kind << 5) | 25, size >> 8, size & 255];
    return [(kind << 5) | 26, (size >>> 24) & 255, (size >>> 16) & 255, (size >>> 8) & 255, size & 255];
  }
  const byteString = (bytes) => joined(head(2, bytes.length), bytes);
  const textString = (text) => joined(head(3, text.length), ascii(text));

  // The protected header: ES256, and the claims of this moment (iat 6, cti 7, aud 3).
  function protectedHeader(seconds, nonce, audience) {
    const claims = joined([6], head(0, seconds), [7], byteString(nonce));
    const all = audience ? joined([0xa3, 3], textString(audience), claims) : joined([0xa2], claims);
    return joined([0xa2, 1, 0x26, 15], all);
  }
  const signedBytes = (header, credential) =>
    joined([0x84], textString("Signature1"), byteString(header), byteString([]), byteString(credential));
  const message = (header, credential, signature) =>
    joined([0xd2, 0x84], byteString(header), [0xa0], byteString(credential), byteString(signature));

  // RFC 9285.
  function base45(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; at += 2) {
      const pair = at + 1 < bytes.length;
      let number = pair ? bytes[at] * 256 + bytes[at + 1] : bytes[at];
      for (let digit = 0; digit < (pair ? 3 : 2); digit++) {
        text += ALPHABET[number % 45];
        number = Math.floor(number / 45);
      }
    }
    return text;
  }

  // ISO/IEC 18004: alphanumeric mode, level M. Per version: blocks and data codewords of each, of two groups.
  const ECC = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22];
  const BLOCKS = [
    [], [[1, 16]], [[1, 28]], [[1, 44]], [[2, 32]], [[2, 43]], [[4, 27]], [[4, 31]],
    [[2, 38], [2, 39]], [[3, 36], [2, 37]], [[4, 43], [1, 44]], [[1, 50], [4, 51]], [[6, 36], [2, 37]],
  ];
  const ALIGNED = [
    [], [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50],
    [6, 30, 54], [6, 32, 58],
  ];
  const LARGEST = 12;
  const capacity = (version) => BLOCKS[version].reduce((sum, [count, size]) => sum + count * size, 0);

  function dataCodewords(text, version) {
    const bits = [];
    const put = (value, width) => {
      for (let at = width - 1; at >= 0; at--) bits.push((value >> at) & 1);
    };
    put(2, 4);
    put(text.length, version < 10 ? 9 : 11);
    for (let at = 0; at < text.length; at += 2) {
      const first = ALPHABET.indexOf(text[at]);
      if (at + 1 < text.length) put(first * 45 + ALPHABET.indexOf(text[at + 1]), 11);
      else put(first, 6);
    }
    const most = capacity(version) * 8;
    if (bits.length > most) return null;
    put(0, Math.min(4, most - bits.length));
    while (bits.length % 8) bits.push(0);
    const words = [];
    for (let at = 0; at < bits.length; at += 8) words.push(parseInt(bits.slice(at, at + 8).join(""), 2));
    for (let pad = 0xec; words.length < capacity(version); pad ^= 0xec ^ 0x11) words.push(pad);
    return words;
  }

  const EXP = [];
  const LOG = [];
  for (let at = 0, value = 1; at < 255; at++) {
    EXP[at] = value;
    LOG[value] = at;
    value = value << 1 ^ (value & 0x80 ? 0x11d : 0);
  }
  const times = (one, other) => (one && other ? EXP[(LOG[one] + LOG[other]) % 255] : 0);

  function correction(words, count) {
    let generator = [1];
    for (let at = 0; at < count; at++) {
      const next = generator.concat(0);
      generator.forEach((factor, place) => { next[place + 1] ^= times(factor, EXP[at]); });
      generator = next;
    }
    const rest = words.concat(Array(count).fill(0));
    for (let at = 0; at < words.length; at++) {
      const factor = rest[at];
      generator.forEach((one, place) => { rest[at + place] ^= times(one, factor); });
    }
    return rest.slice(words.length);
  }

  function interleaved(words, version) {
    const data = [];
    let at = 0;
    for (const [count, size] of BLOCKS[version])
      for (let block = 0; block < count; block++, at += size) data.push(words.slice(at, at + size));
    const checks = data.map((block) => correction(block, ECC[version]));
    const out = [];
    for (const group of [data, checks]) {
      const longest = Math.max(...group.map((block) => block.length));
      for (let place = 0; place < longest; place++)
        for (const block of group) if (place < block.length) out.push(block[place]);
    }
    return out;
  }

  const MASKS = [
    (y, x) => (y + x) % 2 === 0, (y) => y % 2 === 0, (y, x) => x % 3 === 0, (y, x) => (y + x) % 3 === 0,
    (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0, (y, x) => (y * x) % 2 + (y * x) % 3 === 0,
    (y, x) => ((y * x) % 2 + (y * x) % 3) % 2 === 0, (y, x) => ((y + x) % 2 + (y * x) % 3) % 2 === 0,
  ];

  function remainder(value, polynomial, width) {
    let rest = value << width;
    for (let at = 31; at >= width; at--) if ((rest >>> at) & 1) rest ^= polynomial << (at - width);
    return (value << width) | rest;
  }

  function frame(version) {
    const side = 17 + 4 * version;
    const modules = Array.from({ length: side }, () => Array(side).fill(null));
    const square = (top, left, size, dark) => {
      for (let y = top; y < top + size; y++)
        for (let x = left; x < left + size; x++)
          if (y >= 0 && x >= 0 && y < side && x < side) modules[y][x] = dark(y - top, x - left);
    };
    const ring = (size, reach) => (y, x) => Math.max(Math.abs(y - reach), Math.abs(x - reach)) !== size;
    for (const [top, left] of [[-1, -1], [-1, side - 8], [side - 8, -1]])
      square(top, left, 9, (y, x) => ring(2, 4)(y, x) && ring(4, 4)(y, x));
    const places = ALIGNED[version];
    for (const y of places)
      for (const x of places) if (modules[y][x] === null) square(y - 2, x - 2, 5, ring(1, 2));
    for (let at = 8; at < side - 8; at++) modules[6][at] = modules[at][6] = at % 2 === 0;
    for (let at = 0; at < 9; at++) {
      if (modules[8][at] === null) modules[8][at] = false;
      if (modules[at][8] === null) modules[at][8] = false;
      if (at < 8) modules[8][side - 1 - at] = modules[side - 1 - at][8] = false;
    }
    modules[side - 8][8] = true;
    if (version >= 7) {
      const bits = remainder(version, 0x1f25, 12);
      for (let at = 0; at < 18; at++) {
        const dark = ((bits >> at) & 1) === 1;
        modules[Math.floor(at / 3)][side - 11 + (at % 3)] = dark;
        modules[side - 11 + (at % 3)][Math.floor(at / 3)] = dark;
      }
    }
    return modules;
  }

  function writeFormat(modules, mask) {
    const side = modules.length;
    const bits = remainder(mask, 0x537, 10) ^ 0x5412;
    for (let at = 0; at < 15; at++) {
      const dark = ((bits >> at) & 1) === 1;
      modules[at < 6 ? at : at < 8 ? at + 1 : side - 15 + at][8] = dark;
      modules[8][at < 8 ? side - 1 - at : at < 9 ? 7 : 14 - at] = dark;
    }
  }

  function filled(version, words, mask) {
    const fixed = frame(version);
    const modules = fixed.map((row) => row.slice());
    const side = modules.length;
    let bit = 0;
    for (let right = side - 1, up = true; right > 0; right -= 2, up = !up) {
      if (right === 6) right = 5;
      for (let step = 0; step < side; step++) {
        const y = up ? side - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (fixed[y][x] !== null) continue;
          const dark = bit < words.length * 8 && ((words[bit >> 3] >> (7 - (bit & 7))) & 1) === 1;
          modules[y][x] = dark !== MASKS[mask](y, x);
          bit++;
        }
      }
    }
    writeFormat(modules, mask);
    return modules;
  }

  function penalty(modules) {
    const side = modules.length;
    let sum = 0;
    let dark = 0;
    for (const line of [...modules, ...modules.map((_, x) => modules.map((row) => row[x]))]) {
      for (let at = 0, run = 0; at < side; at++) {
        run = at && line[at] === line[at - 1] ? run + 1 : 1;
        if (run === 5) sum += 3;
        else if (run > 5) sum++;
      }
      const text = line.map(Number).join("");
      for (const finder of ["10111010000", "00001011101"])
        for (let at = text.indexOf(finder); at >= 0; at = text.indexOf(finder, at + 1)) sum += 40;
    }
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        dark += modules[y][x];
        if (y && x && [modules[y - 1][x], modules[y][x - 1], modules[y - 1][x - 1]].every((one) => one === modules[y][x]))
          sum += 3;
      }
    return sum + 10 * Math.floor(Math.abs((dark * 20) / (side * side) - 10));
  }

  function qr(text) {
    for (let version = 1; version <= LARGEST; version++) {
      const data = dataCodewords(text, version);
      if (!data) continue;
      const words = interleaved(data, version);
      let best = null;
      let least = Infinity;
      for (let mask = 0; mask < 8; mask++) {
        const modules = filled(version, words, mask);
        const cost = penalty(modules);
        if (cost < least) [best, least] = [modules, cost];
      }
      return best;
    }
    throw new RangeError("longer than a code of a phone may be");
  }

  function svg(modules) {
    const side = modules.length + 8;
    let path = "";
    modules.forEach((row, y) => row.forEach((dark, x) => { if (dark) path += `M${x + 4} ${y + 4}h1v1h-1z`; }));
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
      `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`;
  }

  return { base45, message, protectedHeader, qr, signedBytes, svg };
})();
