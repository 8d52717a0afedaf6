/**
 * The formats of the stream: frames in, signals out, as deterministic CBOR (RFC 8949, 4.2) with typed arrays
 * (RFC 8746). The codec is bounded: it checks every claimed size against the bytes that are there before it uses it,
 * follows no nesting beyond a small limit, and reads a good frame without allocating. Depends on the JDK only.
 */
package org.reluctor.stream.codec;
