package io.mcpaccess.guard.proxy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * The signal SIGHUP. Java has a class for signals in a module that it exports and does not document, {@code jdk.unsupported}:
 * it is asked for by name, and where it is not there the settings are read at start alone.
 */
final class Hangup {
    private Hangup() {}

    /**
     * @param task runs on a thread of its own at each signal
     * @return whether signals are heard
     */
    static boolean heard(Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler call = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    task.run();
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "hangup";
            };
            Object listener = Proxy.newProxyInstance(Hangup.class.getClassLoader(), new Class<?>[] {handler}, call);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), listener);
            return true;
        } catch (ReflectiveOperationException | RuntimeException noSuchSignal) {
            return false;
        }
    }
}
