package org.reluctor.app.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.stream.codec.QuotedText;

/** Answers {@code GET} on a few fixed paths to those who may ask. Safe for several threads. */
public final class StatusServer implements AutoCloseable {
    private final Map<String, Page> pages;
    private final Map<String, Page> files;
    private final Visitors visitors;
    private final HttpListener.Refusals refusals;
    private final HttpListener listener;

    /** Makes the answer to a request of one path. */
    @FunctionalInterface
    public interface Page {
        /** Called on the server's thread; what it throws is answered with status 500. */
        HttpAnswer answer(HttpRequest request) throws IOException;
    }

    private StatusServer(InetSocketAddress address, Map<String, Page> pages, Map<String, Page> files,
            Visitors visitors, HttpListener.Refusals refusals) throws IOException {
        this.pages = Map.copyOf(pages);
        this.files = Map.copyOf(files);
        this.visitors = visitors;
        this.refusals = refusals;
        this.listener = HttpListener.open(address, "reluctor-http", this::answer, refusals);
    }

    /**
     * Opens the port and answers from then on.
     *
     * @param port     0 for any free one
     * @param token    that requests must bring, asked at each; empty for none
     * @param pages    by path, such as {@code /metrics}
     * @param files    by path, the same for everybody: they need no token, and links of other sites may lead to them
     * @param refusals told who was refused
     * @throws Failure if the port cannot be opened
     */
    public static StatusServer open(String host, int port, Optional<Supplier<char[]>> token, Map<String, Page> pages,
            Map<String, Page> files, HttpListener.Refusals refusals) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return new StatusServer(new InetSocketAddress(address, port), pages, files,
                    new Visitors(loopbackNames(host, address), token), refusals);
        } catch (UnknownHostException exception) {
            throw new Failure(ExitStatus.CONFIGURATION, "http.host: \"" + host + "\" is not known; must be a name or an"
                    + " address of this machine", exception);
        } catch (BindException exception) {
            throw new Failure(ExitStatus.UNAVAILABLE, "http.port: " + host + ":" + port + " cannot be opened ("
                    + exception.getMessage() + "); end the program that uses it, or set another port", exception);
        } catch (IOException exception) {
            throw new Failure(ExitStatus.UNAVAILABLE, "http.port: " + host + ":" + port + " cannot be opened: "
                    + exception.getMessage(), exception);
        }
    }

    /** What a request to a loopback address may call it; empty for any other address, which is known by many names. */
    private static Set<String> loopbackNames(String host, InetAddress address) {
        if (!address.isLoopbackAddress()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        // Debian resolves the machine's own name to 127.0.1.1.
        names.add(host.toLowerCase(Locale.ROOT));
        names.add(address.getHostAddress());
        return names;
    }

    /** The port that is open. */
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }

    private HttpAnswer answer(HttpRequest request) throws IOException {
        Page file = files.get(request.path());
        Optional<Visitors.Refusal> refusal = file == null ? visitors.refusal(request)
                : visitors.refusalOfFile(request);
        if (refusal.isPresent()) {
            HttpAnswer answer = refused(refusal.get().fault(), request, refusal.get().detail());
            return answer.status() == HttpFault.NO_TOKEN.status() ? answer.with("WWW-Authenticate", "Bearer") : answer;
        }
        Page page = file == null ? pages.get(request.path()) : file;
        if (page == null) {
            return refused(HttpFault.PATH, request, "there is no " + QuotedText.of(request.path()) + "; here are: "
                    + String.join(" ", Stream.of(pages, files).flatMap(each -> each.keySet().stream()).sorted()
                    .toList()));
        }
        if (!request.method().equals("GET") && !request.isHead()) {
            return refused(HttpFault.METHOD, request, "the method is " + QuotedText.of(request.method())
                    + "; only GET and HEAD are answered").with("Allow", "GET, HEAD");
        }
        return page.answer(request);
    }

    private HttpAnswer refused(HttpFault fault, HttpRequest request, String detail) {
        refusals.refused(fault, request.from(), detail);
        return HttpAnswer.text(fault.status(), detail);
    }
}
