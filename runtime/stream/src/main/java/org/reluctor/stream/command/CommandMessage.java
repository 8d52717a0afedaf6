package org.reluctor.stream.command;

import java.nio.charset.StandardCharsets;
import org.reluctor.stream.codec.CborReader;
import org.reluctor.stream.codec.CborWriter;

/**
 * A command, or the answer to one: a CBOR map {0: 1, 1: gateway, 2: number, 3: word, 4: text}, encoded as frames are.
 * It travels in a COSE_Mac0 envelope under the gateway's key for commands, whose purpose tells the two apart.
 *
 * @param gateway "site/instance"
 * @param number  of the command, unsigned; grows with every command to a gateway, usually ms since 1970
 * @param word    the command, or {@link #DONE} or {@link #REFUSED}
 * @param text    the command's argument, or what the answer says; may be empty
 */
public record CommandMessage(String gateway, long number, String word, String text) {
    /** The word of an answer to a command that was carried out. */
    public static final String DONE = "done";
    /** The word of an answer to a command that was not. */
    public static final String REFUSED = "refused";
    /** Largest command and answer, envelope included. */
    public static final int MOST_BYTES = 4096;
    private static final int VERSION = 1;
    private static final int KEYS = 5;

    /** Its encoding, without an envelope. */
    public byte[] toBytes() {
        CborWriter cbor = new CborWriter(128);
        cbor.map(KEYS);
        cbor.unsigned(0);
        cbor.unsigned(VERSION);
        cbor.unsigned(1);
        cbor.text(gateway);
        cbor.unsigned(2);
        cbor.unsigned(number);
        cbor.unsigned(3);
        cbor.text(word);
        cbor.unsigned(4);
        cbor.text(text);
        return cbor.toByteArray();
    }

    /**
     * Reads an encoding.
     *
     * @throws CommandRefusal of {@link CommandFault#FORMAT} if it is none
     */
    public static CommandMessage read(byte[] from, int offset, int length) throws CommandRefusal {
        CborReader cbor = new CborReader(2, MOST_BYTES);
        cbor.reset(from, offset, length);
        int pairs = cbor.readMap();
        long version = key(cbor, 0) ? cbor.readUnsigned() : -1;
        String gateway = key(cbor, 1) ? text(cbor, from) : null;
        long number = key(cbor, 2) ? cbor.readUnsigned() : 0;
        String word = key(cbor, 3) ? text(cbor, from) : null;
        String text = key(cbor, 4) ? text(cbor, from) : null;
        cbor.end();
        if (cbor.fault() != null) {
            throw new CommandRefusal(CommandFault.FORMAT, cbor.faultDetail());
        }
        if (pairs != KEYS || version != VERSION || gateway == null || word == null || text == null) {
            throw new CommandRefusal(CommandFault.FORMAT, "a command is the map {0: 1, 1: gateway, 2: number, 3: word,"
                    + " 4: argument}, and nothing else");
        }
        return new CommandMessage(gateway, number, word, text);
    }

    private static boolean key(CborReader cbor, int wanted) {
        return cbor.fault() == null && cbor.readUnsigned() == wanted;
    }

    private static String text(CborReader cbor, byte[] from) {
        int length = cbor.readText();
        return new String(from, cbor.contentStart(), length, StandardCharsets.UTF_8);
    }
}
