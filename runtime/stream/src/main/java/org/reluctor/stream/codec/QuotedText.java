package org.reluctor.stream.codec;

/** Foreign bytes made fit for a sentence: short, printable ASCII, quoted. */
final class QuotedText {
    private static final int MOST = 64;

    private QuotedText() {
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
