package org.reluctor.app.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.codec.QuotedText;

/**
 * One connection, for one request: its head is collected, answered, and the connection closed, each step within its
 * time, and none ever waits. Confined to the listener's thread.
 */
final class HttpConnection {
    private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** What a client may go on sending behind its request, so that it reads the answer before a reset. */
    private static final int LINGER_BYTES = 1 << 20;
    private static final int SLICE_BYTES = 16 << 10;

    private enum Phase { HEAD, ANSWER, STREAM, LINGER, CLOSED }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final HttpListener.Responder responder;
    private final HttpListener.Refusals refusals;
    private final String from;
    private final RequestHead head;
    private Phase phase = Phase.HEAD;
    private long deadlineNanos;
    private ByteBuffer out;
    private HttpAnswer.Events events;
    private int discarded;

    HttpConnection(SocketChannel channel, SelectionKey key, HttpListener.Responder responder,
            HttpListener.Refusals refusals, long nowNanos) throws IOException {
        this.channel = channel;
        this.key = key;
        this.responder = responder;
        this.refusals = refusals;
        this.from = channel.socket().getInetAddress().getHostAddress();
        this.head = new RequestHead(from);
        this.deadlineNanos = nowNanos + HEAD_NANOS;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** Whether its request has not come. */
    boolean isWaiting() {
        return phase == Phase.HEAD;
    }

    /** Whether its answer is sent. */
    boolean isDone() {
        return phase == Phase.LINGER;
    }

    boolean isStream() {
        return phase == Phase.STREAM;
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    /** The channel can be read or written. */
    void ready(long nowNanos) throws IOException {
        switch (phase) {
            case HEAD -> readHead(nowNanos);
            case ANSWER -> write(nowNanos);
            case STREAM -> {
                discard();
                write(nowNanos);
            }
            case LINGER -> discard();
            default -> { }
        }
    }

    /** Looks for what time brings: new events, or a deadline. */
    void tick(long nowNanos) throws IOException {
        if (phase == Phase.STREAM && out == null) {
            follow(nowNanos);
        } else if (nowNanos - deadlineNanos > 0) {
            expire();
        }
    }

    /** Closes in favour of a newer connection. */
    void giveWay(int most) {
        if (phase != Phase.LINGER) {
            refusals.refused(HttpFault.CROWD, from, "the request was not complete, or the answer not taken, and a newer"
                    + " connection needed the place; at most " + most + " at once");
        }
        close();
    }

    void close() {
        phase = Phase.CLOSED;
        if (events != null) {
            events.close();
        }
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
            key.cancel();
        }
    }

    private void readHead(long nowNanos) throws IOException {
        int count = channel.read(ByteBuffer.wrap(head.bytes(), head.length(), head.bytes().length - head.length()));
        if (count < 0) {
            close();
        } else if (head.added(count)) {
            answer(nowNanos);
        }
    }

    private void answer(long nowNanos) throws IOException {
        HttpAnswer answer;
        if (head.request() == null) {
            refusals.refused(head.fault(), from, head.detail());
            answer = HttpAnswer.text(head.fault().status(), head.detail());
        } else {
            answer = answerTo(head.request());
        }
        boolean headOnly = head.request() != null && head.request().isHead();
        events = answer.events();
        phase = events == null || headOnly ? Phase.ANSWER : Phase.STREAM;
        send(answer.bytes(headOnly), nowNanos);
    }

    private HttpAnswer answerTo(HttpRequest request) {
        try {
            return responder.answer(request);
        } catch (IOException | RuntimeException e) {
            // What went wrong inside is nobody's business outside, but the operator's.
            refusals.refused(HttpFault.FAILED, from, QuotedText.of(request.path()) + " could not be answered: "
                    + printable(e));
            return HttpAnswer.text(HttpFault.FAILED.status(), "internal error: " + e.getClass().getSimpleName());
        }
    }

    /** In one line: messages of the operating system, and of other people's code, may hold anything. */
    private static String printable(Exception cause) {
        String message = cause.getMessage() == null ? "no reason given" : cause.getMessage();
        return cause.getClass().getSimpleName() + ": " + message.replaceAll("\\p{Cntrl}+", " ");
    }

    private void send(byte[] bytes, long nowNanos) throws IOException {
        out = ByteBuffer.wrap(bytes);
        deadlineNanos = nowNanos + ANSWER_NANOS;
        write(nowNanos);
    }

    private void write(long nowNanos) throws IOException {
        int written = 1;
        while (out != null && out.hasRemaining() && written > 0) {
            // In slices: the JDK keeps a direct buffer as large as the largest write.
            ByteBuffer slice = out.slice(out.position(), Math.min(SLICE_BYTES, out.remaining()));
            written = channel.write(slice);
            out.position(out.position() + written);
        }
        if (out == null || out.hasRemaining()) {
            key.interestOps(out == null ? SelectionKey.OP_READ : phase == Phase.STREAM
                    ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_WRITE);
            return;
        }
        out = null;
        if (phase == Phase.STREAM) {
            follow(nowNanos);
        } else {
            linger(nowNanos);
        }
    }

    /** Sends the next event, if there is one. */
    private void follow(long nowNanos) throws IOException {
        // Asked first: what is there at the end is still sent.
        boolean ended = events.isEnded();
        byte[] next = events.poll();
        if (next != null) {
            send(next, nowNanos);
        } else if (ended) {
            linger(nowNanos);
        } else {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void linger(long nowNanos) throws IOException {
        if (events != null) {
            events.close();
        }
        phase = Phase.LINGER;
        deadlineNanos = nowNanos + LINGER_NANOS;
        channel.shutdownOutput();
        key.interestOps(SelectionKey.OP_READ);
    }

    private void discard() throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(head.bytes());
        int count = channel.read(rest);
        discarded += Math.max(0, count);
        if (count < 0 || discarded > LINGER_BYTES) {
            close();
        }
    }

    private void expire() throws IOException {
        if (phase == Phase.HEAD && head.length() > 0) {
            String detail = "the request was not complete after " + TimeUnit.NANOSECONDS.toSeconds(HEAD_NANOS) + " s";
            refusals.refused(HttpFault.SLOW, from, detail);
            channel.write(ByteBuffer.wrap(HttpAnswer.text(HttpFault.SLOW.status(), detail).bytes(false)));
        } else if (phase == Phase.ANSWER || phase == Phase.STREAM) {
            refusals.refused(HttpFault.SLOW, from, "the answer was not taken within "
                    + TimeUnit.NANOSECONDS.toSeconds(ANSWER_NANOS) + " s");
        }
        close();
    }
}
