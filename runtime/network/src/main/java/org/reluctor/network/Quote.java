package org.reluctor.network;

/** Names from files, made fit to stand in a message: quoted, on one line, of bounded length. */
public final class Quote {
    private static final int LONGEST = 80;

    private Quote() {
    }

    /** The name in single quotes; control characters become '?', and what is over-long is cut. */
    public static String of(String name) {
        return "'" + bare(name) + "'";
    }

    /** The same without quotes, for where something else sets it off. */
    public static String bare(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints().limit(LONGEST)
                .forEach(point -> text.appendCodePoint(isPrintable(point) ? point : '?'));
        return text.append(name.codePointCount(0, name.length()) > LONGEST ? "…" : "").toString();
    }

    private static boolean isPrintable(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
    }
}
