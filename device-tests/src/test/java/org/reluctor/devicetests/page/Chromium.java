package org.reluctor.devicetests.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A headless Chromium, driven over a pipe by its own protocol, so that no port is opened. The system property
 * {@code chromium.program} names another one than Debian's. Ends with {@link #close}.
 */
final class Chromium implements AutoCloseable {
    private static final String PROGRAM = System.getProperty("chromium.program", "/usr/bin/chromium");
    private static final long ANSWER_SECONDS = 30;
    private static final long END_SECONDS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final OutputStream toBrowser;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<Consumer<JsonNode>> listeners = new CopyOnWriteArrayList<>();

    private Chromium(Process process) {
        this.process = process;
        this.toBrowser = process.getOutputStream();
        Thread reader = new Thread(this::read, "chromium-pipe");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a browser with an empty profile in {@code folder}, which also receives what it says. */
    static Chromium start(Path folder) throws IOException {
        // The protocol runs over file descriptors 3 and 4, which Java cannot open for a child; a shell can.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null", "sh",
                PROGRAM, "--remote-debugging-pipe", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--user-data-dir=" + folder.resolve("profile"), "about:blank"));
        Process process = new ProcessBuilder(command).redirectError(folder.resolve("chromium.err").toFile()).start();
        return new Chromium(process);
    }

    /** Opens a page of that size in CSS pixels. */
    BrowserPage open(String url, int width, int height) throws IOException, InterruptedException {
        JsonNode target = call(null, "Target.createTarget", parameters().put("url", "about:blank"));
        JsonNode attached = call(null, "Target.attachToTarget", parameters()
                .put("targetId", target.get("targetId").asText()).put("flatten", true));
        BrowserPage page = new BrowserPage(this, attached.get("sessionId").asText());
        listeners.add(page::happened);
        page.load(url, width, height);
        return page;
    }

    static ObjectNode parameters() {
        return JSON.createObjectNode();
    }

    /** Calls a method of the protocol, of a page's session or, with null, of the browser; waits for its result. */
    JsonNode call(String session, String method, ObjectNode parameters) throws IOException, InterruptedException {
        int id = lastId.incrementAndGet();
        ObjectNode message = parameters().put("id", id).put("method", method);
        message.set("params", parameters);
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        send(message);
        try {
            JsonNode body = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (body.has("error")) {
                throw new IOException(method + ": " + body.get("error"));
            }
            return body.get("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(method + " was not answered; the browser " + (process.isAlive() ? "runs" : "ended"),
                    e);
        } finally {
            waiting.remove(id);
        }
    }

    private synchronized void send(ObjectNode message) throws IOException {
        toBrowser.write(JSON.writeValueAsBytes(message));
        toBrowser.write(0);
        toBrowser.flush();
    }

    private void read() {
        try (InputStream from = process.getInputStream()) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            byte[] chunk = new byte[1 << 16];
            for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
                for (int i = 0; i < count; i++) {
                    if (chunk[i] == 0) {
                        take(JSON.readTree(message.toByteArray()));
                        message.reset();
                    } else {
                        message.write(chunk[i]);
                    }
                }
            }
        } catch (IOException e) {
            waiting.values().forEach(answer -> answer.completeExceptionally(e));
        }
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer = waiting.get(message.get("id").asInt());
            if (answer != null) {
                answer.complete(message);
            }
        } else {
            listeners.forEach(listener -> listener.accept(message));
        }
    }

    /** Asks the browser to end, so that it tidies up after itself, and makes it where it does not. */
    @Override
    public void close() {
        List<ProcessHandle> helpers = process.descendants().toList();
        try {
            call(null, "Browser.close", parameters());
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // It is gone already; there is nothing to be asked.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            helpers.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
