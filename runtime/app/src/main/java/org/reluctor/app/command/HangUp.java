package org.reluctor.app.command;

import java.lang.reflect.Proxy;
import org.tinylog.Logger;

/**
 * SIGHUP, by which services are told to read their configuration anew. Java has no interface of its own for signals but
 * in the module jdk.unsupported, without which the signal ends the process as ever.
 */
final class HangUp {
    private HangUp() {
    }

    /** Calls {@code action} at every SIGHUP from now on, on a thread of the JVM's; it must return soon. */
    static void on(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object told = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler},
                    (proxy, method, arguments) -> answer(proxy, method.getName(), arguments, action));
            signal.getMethod("handle", signal, handler).invoke(null,
                    signal.getConstructor(String.class).newInstance("HUP"), told);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            Logger.debug("SIGHUP is not heard here: {}", e.toString());
        }
    }

    private static Object answer(Object proxy, String method, Object[] arguments, Runnable action) {
        switch (method) {
            case "handle":
                action.run();
                return null;
            case "equals":
                return proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            default:
                return "SIGHUP";
        }
    }
}
