package org.reluctor.stream.codec;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The independent partner: Jackson's CBOR reading and writing the same maps, byte strings decoded by ByteBuffer. */
final class JacksonFrame {
    private static final CBORFactory CBOR = new CBORFactory();

    private JacksonFrame() {
    }

    /** A typed array as Jackson sees it: a tag on a byte string. */
    record Tagged(int tag, byte[] bytes) {
        double[] elements() {
            ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int size = tag == 72 ? 1 : tag == 85 || tag == 78 ? 4 : 2;
            double[] elements = new double[bytes.length / size];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = switch (tag) {
                    case 85 -> from.getFloat();
                    case 84 -> half(from.getShort() & 0xffff);
                    case 77 -> from.getShort();
                    case 69 -> from.getShort() & 0xffff;
                    case 78 -> from.getInt();
                    case 72 -> from.get();
                    default -> throw new AssertionError(tag);
                };
            }
            return elements;
        }

        private static double half(int bits) {
            double size = (bits & 0x7c00) == 0
                ? (bits & 0x3ff) * 0x1p-24
                : (1024 + (bits & 0x3ff)) * Math.pow(2, (bits >> 10 & 31) - 25);
            return (bits & 0x8000) == 0 ? size : -size;
        }
    }

    /** The map's values by key: BigInteger, Float, String, byte[], List or Tagged. */
    static Map<Integer, Object> read(byte[] payload) throws IOException {
        Map<Integer, Object> fields = new HashMap<>();
        try (CBORParser parser = CBOR.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new AssertionError("no map");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                int key = Integer.parseInt(parser.currentName());
                parser.nextToken();
                fields.put(key, value(parser));
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new AssertionError("bytes after the map");
            }
        }
        return fields;
    }

    private static Object value(CBORParser parser) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT:
                return parser.getBigIntegerValue();
            case VALUE_NUMBER_FLOAT:
                return parser.getFloatValue();
            case VALUE_STRING:
                return parser.getText();
            case VALUE_EMBEDDED_OBJECT:
                int tag = parser.getCurrentTag();
                return tag < 0 ? parser.getBinaryValue() : new Tagged(tag, parser.getBinaryValue());
            case START_ARRAY:
                List<BigInteger> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(parser.getBigIntegerValue());
                }
                return items;
            default:
                throw new AssertionError(parser.currentToken());
        }
    }

    /** Writes a map of definite length, keys in the order given: Long, Float, String, byte[], long[], Tagged. */
    static byte[] write(Map<Integer, Object> fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CBORGenerator to = CBOR.createGenerator(bytes)) {
            to.writeStartObject(null, fields.size());
            for (Map.Entry<Integer, Object> field : fields.entrySet()) {
                to.writeFieldId(field.getKey());
                write(to, field.getValue());
            }
            to.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(CBORGenerator to, Object value) throws IOException {
        if (value instanceof Long number) {
            to.writeNumber(number);
        } else if (value instanceof Float number) {
            to.writeNumber(number);
        } else if (value instanceof String text) {
            to.writeString(text);
        } else if (value instanceof byte[] string) {
            to.writeBinary(string);
        } else if (value instanceof long[] numbers) {
            to.writeArray(numbers, 0, numbers.length);
        } else if (value instanceof Tagged tagged) {
            to.writeTag(tagged.tag());
            to.writeBinary(tagged.bytes());
        } else {
            throw new AssertionError(value);
        }
    }
}
