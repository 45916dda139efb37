package io.mcpaccess.sandbox.node;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.LoggerFactory;

/** Logging of one node: to standard error, so that standard output has the ready line alone. */
public final class NodeLogging {
    private NodeLogging() {}

    /**
     * Sets the node's logging up.
     *
     * @param node the node's name, shown in each line
     */
    public static void start(String node) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.putProperty("node", node);
        context.putProperty("level", System.getProperty("sandbox.log", "INFO"));
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try (InputStream configuration = NodeLogging.class.getResourceAsStream("logback.xml")) {
            configurator.doConfigure(configuration);
        } catch (IOException | JoranException e) {
            throw new IllegalStateException("The sandbox's logging cannot be set up", e);
        }
    }
}
