package org.reluctor.stream.codec;

import java.nio.charset.StandardCharsets;

/** Foreign bytes and texts made fit for a sentence, and for a log's line: short, printable ASCII, quoted. */
public final class QuotedText {
    private static final int MOST = 64;

    private QuotedText() {
    }

    /** A text of any length and content. */
    public static String of(String text) {
        byte[] bytes = text.substring(0, Math.min(text.length(), MOST + 1)).getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    static String of(byte[] bytes, int start, int length) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = start; i < start + Math.min(length, MOST); i++) {
            boolean plain = bytes[i] >= ' ' && bytes[i] < 0x7f && bytes[i] != '"' && bytes[i] != '\\';
            text.append(plain ? (char) bytes[i] : '?');
        }
        return text.append(length > MOST ? "…\"" : "\"").toString();
    }
}
