package org.reluctor.app.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.recovery.DeployedNetwork;
import org.reluctor.app.recovery.NetworkDeployment;
import org.reluctor.app.recovery.ServedNetwork;
import org.reluctor.opencl.pace.Pace;
import org.reluctor.stream.command.CommandAction;
import org.reluctor.stream.command.CommandFault;
import org.reluctor.stream.command.CommandRefusal;
import org.tinylog.Logger;

/**
 * Exchanges of a gateway's networks, one after the other, by command or because a file changed. They are done on a
 * thread of their own, of low priority: the stream has no part in them but to ask for its network at every batch. Safe
 * for several threads.
 */
public final class NetworkExchanges implements AutoCloseable {
    private static final long END_SECONDS = 3;

    private final List<ServedNetwork> served;
    private final NetworkTrial trial = new NetworkTrial();
    private final NetworkExchange exchange;
    private final ExchangeCounts counts = new ExchangeCounts();
    private final ScheduledThreadPoolExecutor thread;
    private final FileWatch watch;

    private NetworkExchanges(Configuration configuration, NetworkDeployment deployment) {
        this.served = deployment.served();
        this.exchange = new NetworkExchange(configuration, deployment, trial);
        this.thread = new ScheduledThreadPoolExecutor(1, NetworkExchanges::thread);
        this.watch = new FileWatch(served);
        int seconds = configuration.exchange().watchSeconds();
        if (seconds > 0) {
            thread.scheduleWithFixedDelay(this::look, seconds, seconds, TimeUnit.SECONDS);
        }
    }

    /** Exchanges of those networks; no thread runs before the first. */
    public static NetworkExchanges open(Configuration configuration, NetworkDeployment deployment) {
        return new NetworkExchanges(configuration, deployment);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(() -> {
            LowPriority.ofThisThread();
            Pace.keep();
            task.run();
        }, "reluctor-exchange");
        thread.setDaemon(true);
        return thread;
    }

    /** The commands, by word: {@code exchange [FILE]}, {@code rollback [FILE]} and {@code networks}. */
    public Map<String, CommandAction> commands() {
        return Map.of("exchange", CommandAction.lasting(this::exchange), "rollback",
                CommandAction.lasting(this::rollback), "networks",
                argument -> JsonText.of(JsonText.map("networks", describe())));
    }

    /**
     * Takes what lies in the files now.
     *
     * @param name of a file, without its folder; empty: of all
     * @return is done when they are exchanged; fails with a {@link CommandRefusal} where one of them is not taken
     */
    public Future<String> exchange(String name) {
        return thread.submit(() -> each(name, place -> exchange.exchange(place)));
    }

    /**
     * Goes back to what computed before the last exchange.
     *
     * @param name of a file, without its folder; may be empty where there is one network alone
     * @return is done when the earlier network computes; fails with a {@link CommandRefusal} where there is none
     */
    public Future<String> rollback(String name) {
        return thread.submit(() -> {
            if (name.isEmpty() && served.size() > 1) {
                throw new CommandRefusal(CommandFault.ARGUMENT, "which? must be one of " + names());
            }
            return each(name, place -> exchange.goBack(place));
        });
    }

    /**
     * Takes what lies in the files now, where keys are trusted at all, behind something else.
     *
     * @param first gives the beginning of what is said
     * @return as {@link #exchange}
     */
    public Future<String> exchangeAfter(Callable<String> first) {
        return thread.submit(() -> {
            String said = first.call();
            return exchange.isPossible() ? said + "; " + each("", place -> exchange.exchange(place)) : said;
        });
    }

    private interface Step {
        String run(ServedNetwork place) throws ExchangeRefusal;
    }

    private String each(String name, Step step) throws CommandRefusal {
        List<ServedNetwork> places = served.stream()
                .filter(place -> name.isEmpty() || nameOf(place).equals(name)).toList();
        if (places.isEmpty()) {
            throw new CommandRefusal(CommandFault.ARGUMENT, "\"" + name + "\" is no network's file here; must be one"
                    + " of " + names());
        }
        List<String> done = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (ServedNetwork place : places) {
            attempt(place, step, done, refused);
        }
        if (!refused.isEmpty()) {
            throw new CommandRefusal(CommandFault.NETWORK, String.join("; ", refused));
        }
        return String.join("; ", done);
    }

    private void attempt(ServedNetwork place, Step step, List<String> done, List<String> refused) {
        watch.seen(place);
        DeployedNetwork before = place.inUse();
        try {
            done.add(step.run(place));
            counts.done(before, place.inUse());
        } catch (ExchangeRefusal refusal) {
            refused.add(refused(place, refusal.reason(), refusal.getMessage()));
        } catch (RuntimeException unforeseen) {
            Logger.error(unforeseen, "internal error in an exchange");
            refused.add(refused(place, ExchangeFault.DEVICE.reason(), "an internal error; the log says more"));
        }
    }

    private String refused(ServedNetwork place, String reason, String why) {
        counts.refused(reason);
        String text = nameOf(place) + " is not taken, " + reason + ": " + why;
        Logger.warn("{}; version {} runs on", text, place.inUse().version());
        return text;
    }

    /** A file that is being written is left until it is the same at two looks. */
    private void look() {
        for (ServedNetwork place : watch.changed()) {
            Logger.info("{} was changed", place.setting().file());
            attempt(place, exchange::exchange, new ArrayList<>(), new ArrayList<>());
        }
    }

    private String names() {
        return served.stream().map(NetworkExchanges::nameOf).distinct().collect(Collectors.joining(", "));
    }

    private static String nameOf(ServedNetwork place) {
        return place.setting().file().getFileName().toString();
    }

    /** The networks at work: file, sensors, version, model, and the version to go back to, where there is one. */
    public List<Map<String, Object>> describe() {
        return served.stream().map(NetworkExchanges::describe).toList();
    }

    private static Map<String, Object> describe(ServedNetwork place) {
        DeployedNetwork now = place.inUse();
        Map<String, Object> map = new LinkedHashMap<>(JsonText.map("file", nameOf(place), "sensors",
                place.setting().sensors(), "version", now.version(), "model",
                String.format("%016x", now.network().modelId())));
        place.previous().ifPresent(old -> map.put("previous", old.version()));
        return map;
    }

    /** What was exchanged so far. */
    public ExchangeCounts counts() {
        return counts;
    }

    /** Ends what is under way; behind it nothing is exchanged any more. */
    @Override
    public void close() {
        thread.shutdownNow();
        trial.close();
        try {
            if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                Logger.warn("a network is still being built; it is left as it is");
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
