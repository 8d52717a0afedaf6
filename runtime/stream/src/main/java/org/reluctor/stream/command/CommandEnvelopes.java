package org.reluctor.stream.command;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.reluctor.stream.authentication.SensorKeyException;
import org.reluctor.stream.authentication.SensorKeys;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.Mac0Purpose;
import org.reluctor.stream.codec.Mac0Reader;
import org.reluctor.stream.codec.Mac0Writer;
import org.reluctor.stream.codec.QuotedText;

/** Envelopes of commands to one gateway and of its answers, under its one key for both. Confined to one thread. */
public final class CommandEnvelopes {
    private final String gateway;
    private final FrameKey commands;
    private final FrameKey answers;
    private final Mac0Reader reader = new Mac0Reader(CommandMessage.MOST_BYTES);
    private final Mac0Writer writer = new Mac0Writer();

    /**
     * The envelopes of a gateway.
     *
     * @param gateway "site/instance"
     * @param keyFile holds its key for commands as 64 hexadecimal digits
     * @throws SensorKeyException if the file holds no key
     */
    public CommandEnvelopes(String gateway, Path keyFile) throws SensorKeyException {
        this.gateway = gateway;
        try {
            this.commands = SensorKeys.read(keyFile, Mac0Purpose.COMMAND);
            this.answers = SensorKeys.read(keyFile, Mac0Purpose.ANSWER);
        } catch (NoSuchFileException e) {
            throw new SensorKeyException(keyFile + " does not exist; must hold 64 hexadecimal digits");
        }
    }

    /** "site/instance". */
    public String gateway() {
        return gateway;
    }

    /** A command as it is sent. */
    public byte[] seal(CommandMessage command) {
        return writer.write(command.toBytes(), gateway, commands);
    }

    /** An answer as it is sent. */
    public byte[] sealAnswer(CommandMessage answer) {
        return writer.write(answer.toBytes(), gateway, answers);
    }

    /**
     * The command in an envelope.
     *
     * @throws CommandRefusal if it was not made with the key, or not for this gateway
     */
    public CommandMessage open(byte[] envelope) throws CommandRefusal {
        return open(envelope, commands);
    }

    /**
     * The answer in an envelope.
     *
     * @throws CommandRefusal if it was not made with the key, or not by this gateway
     */
    public CommandMessage openAnswer(byte[] envelope) throws CommandRefusal {
        return open(envelope, answers);
    }

    private CommandMessage open(byte[] envelope, FrameKey key) throws CommandRefusal {
        FrameFault fault = reader.read(envelope, gateway, key);
        if (fault != null) {
            throw new CommandRefusal(CommandFault.of(fault), reader.faultDetail());
        }
        CommandMessage message = CommandMessage.read(envelope, reader.payloadStart(), reader.payloadLength());
        if (!message.gateway().equals(gateway)) {
            throw new CommandRefusal(CommandFault.GATEWAY, "the message is for " + QuotedText.of(message.gateway())
                    + "; this gateway is " + gateway);
        }
        return message;
    }
}
