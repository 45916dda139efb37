package io.mcpaccess.guard.proxy.front;

import io.mcpaccess.guard.proxy.settings.ListenSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens with one event loop; several on one port share its connections. */
public final class Listener extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final ListenSettings settings;
    private final Front front;
    private final Connections connections;
    private final Consumer<HttpServer> started;

    /**
     * @param settings where and how
     * @param front takes the requests
     * @param connections is told of each connection
     * @param started gets the server once it listens
     */
    public Listener(ListenSettings settings, Front front, Connections connections, Consumer<HttpServer> started) {
        this.settings = settings;
        this.front = front;
        this.connections = connections;
        this.started = started;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(ListenOptions.of(settings))
                .requestHandler(front)
                .connectionHandler(connections::opened)
                // What clients do wrong on their connections is no error here.
                .exceptionHandler(broken -> LOG.debug(
                        "a connection of a client broke: {}", broken.getClass().getSimpleName()))
                .listen()
                .onSuccess(started::accept);
    }
}
