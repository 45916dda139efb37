package io.mcpaccess.guard.proxy.stdio;

import io.mcpaccess.guard.McpHeaders;
import io.mcpaccess.guard.McpSession;
import io.mcpaccess.guard.jsonrpc.JsonRpcMessage;
import io.mcpaccess.guard.proxy.answer.ClientAnswer;
import io.mcpaccess.guard.proxy.identity.CallerFacts;
import io.mcpaccess.guard.proxy.identity.CallerHeaders;
import io.mcpaccess.guard.proxy.settings.StreamTimes;
import io.mcpaccess.guard.proxy.settings.UpstreamSettings;
import io.mcpaccess.guard.proxy.upstream.AllowedRequest;
import io.mcpaccess.guard.proxy.upstream.Upstream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is a program: a session of a client is a process of its own, so that nothing of one user is in the memory that
 * another one's calls run in. Requests of a protocol version without sessions share one process a caller.
 */
public final class StdioUpstream implements Upstream {
    private static final Logger LOG = LoggerFactory.getLogger(StdioUpstream.class);
    private static final int SWEEP_MILLIS = 2000;
    private static final int ACCEPTED = 202;
    /** Longer than the first half of a request takes that began before. */
    private static final long LAST_ARRIVALS_NANOS = 120_000_000_000L;

    private final Vertx vertx;
    private final String server;
    private final UpstreamSettings.Stdio settings;
    private final StreamTimes times;
    private final InstantSource clock;
    private final Sessions sessions;
    private final Map<String, Session> withoutSession = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();
    private final long timer;
    private volatile boolean retired;
    private volatile long retiredNanos;

    /**
     * @param vertx the host
     * @param server what logs call it
     * @param settings the program and its bounds
     * @param times how long it is waited for
     * @param clock tells when tokens expire
     */
    public StdioUpstream(
            Vertx vertx, String server, UpstreamSettings.Stdio settings, StreamTimes times, InstantSource clock) {
        this.vertx = vertx;
        this.server = server;
        this.settings = settings;
        this.times = times;
        this.clock = clock;
        this.sessions = new Sessions(settings.bounds());
        this.timer = vertx.setPeriodic(SWEEP_MILLIS, fired -> sweep());
    }

    private void sweep() {
        sessions.expired().forEach(this::end);
        if (retired) {
            sessions.all().stream().filter(session -> !session.isWaitedFor()).forEach(session -> {
                sessions.remove(session);
                end(session);
            });
            if (sessions.count() == 0 && System.nanoTime() - retiredNanos > LAST_ARRIVALS_NANOS) {
                vertx.cancelTimer(timer);
            }
        }
    }

    /** A session whose client waits for something goes on until it does not. */
    @Override
    public void retire() {
        retiredNanos = System.nanoTime();
        retired = true;
    }

    /**
     * @return how many processes there are
     */
    public int count() {
        return sessions.count();
    }

    @Override
    public void pass(AllowedRequest request, ClientAnswer client) {
        Optional<JsonRpcMessage> message = request.decision().forServer().message();
        boolean begins = message.filter(given -> given instanceof JsonRpcMessage.Request call
                        && call.method().equals("initialize"))
                .isPresent();
        McpSession session = request.decision().session();
        String owner = request.decision().caller().owner();
        if (session.serverId().isPresent()) {
            Optional<Session> found = sessions.find(session.serverId().get(), owner);
            if (found.isEmpty()) {
                client.failed(404, "Session not found.");
            } else if (request.method().equals("DELETE")) {
                end(found.get());
                sessions.remove(found.get());
                client.whole(204, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer());
            } else {
                in(found.get(), request, client, Optional.empty());
            }
        } else if (begins) {
            open(client, owner).ifPresent(opened -> {
                start(opened, request);
                in(opened, request, client, session.forClient(opened.id()));
            });
        } else if (session.forClient("").isEmpty() && message.isPresent()) {
            shared(request, client, owner).ifPresent(opened -> in(opened, request, client, Optional.empty()));
        } else {
            client.failed(400, "There is no session: begin with initialize.");
        }
    }

    private Optional<Session> shared(AllowedRequest request, ClientAnswer client, String owner) {
        Optional<Session> known =
                Optional.ofNullable(withoutSession.get(owner)).flatMap(session -> sessions.find(session.id(), owner));
        if (known.isPresent()) {
            return known;
        }
        Optional<Session> opened = open(client, owner);
        opened.ifPresent(session -> {
            withoutSession.put(owner, session);
            start(session, request);
        });
        return opened;
    }

    private Optional<Session> open(ClientAnswer client, String owner) {
        Sessions.Opening opening = sessions.open(owner);
        opening.ended().forEach(this::end);
        opening.full()
                .ifPresent(full -> client.failed(
                        full == Sessions.Full.OF_CALLER ? 429 : 503, "Too many sessions are open. Try again later."));
        return opening.session();
    }

    /** Starting a program takes too long for an event loop. */
    private void start(Session session, AllowedRequest request) {
        Optional<String> subject = request.identity().containsKey(CallerHeaders.SUBJECT)
                ? Optional.of(CallerFacts.of(request.decision().caller()).subject())
                : Optional.empty();
        String name = server + "-" + number.incrementAndGet();
        vertx.executeBlocking(() -> new ServerProcess(name, settings, subject, session::message), false)
                .onSuccess(process -> {
                    session.process().complete(process);
                    process.ended().thenRun(() -> gone(session));
                })
                .onFailure(unstartable -> {
                    LOG.error(
                            "The program of server '{}', {}, cannot be started: is it installed, and on the PATH that it gets?",
                            server,
                            settings.command().get(0));
                    session.process().completeExceptionally(unstartable);
                    gone(session);
                });
    }

    private void gone(Session session) {
        sessions.gone(session);
        withoutSession.remove(session.owner(), session);
        session.over();
    }

    private void in(Session session, AllowedRequest request, ClientAnswer client, Optional<String> newId) {
        session.used();
        Optional<JsonRpcMessage> message = request.decision().forServer().message();
        if (message.isPresent() && !(message.get() instanceof JsonRpcMessage.Request)) {
            send(session, request, sent -> {
                if (sent) {
                    client.whole(ACCEPTED, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer());
                } else {
                    client.failed(503, "The MCP server takes no more messages.");
                }
            });
            return;
        }
        WaitingClient call = new WaitingClient(vertx, request, client, times, clock);
        newId.ifPresent(id -> call.with(McpHeaders.SESSION_ID, id));
        if (message.isEmpty()) {
            call.begin(() -> session.forget(call));
            session.opens(call).ifPresent(WaitingClient::end);
        } else if (!session.waits(call)) {
            client.failed(400, "A request with this id waits for its answer already.");
        } else {
            call.begin(() -> session.forget(call));
            send(session, request, sent -> {
                if (!sent) {
                    session.forget(call);
                    call.fail(503, "The MCP server takes no more messages.");
                }
            });
        }
    }

    private void send(Session session, AllowedRequest request, Consumer<Boolean> then) {
        byte[] message = CallerMeta.message(request);
        Context context = vertx.getOrCreateContext();
        session.process().whenComplete((process, failure) -> {
            boolean sent = failure == null && process.send(message);
            context.runOnContext(now -> then.accept(sent));
        });
    }

    /** Looking for what a program has started takes too long for an event loop. */
    private void end(Session session) {
        withoutSession.remove(session.owner(), session);
        session.over();
        session.process()
                .thenAccept(process -> vertx.executeBlocking(
                        () -> {
                            process.stop();
                            return process;
                        },
                        false));
    }

    @Override
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return vertx.executeBlocking(
                () -> {
                    for (Session session : sessions.withProcess()) {
                        sessions.remove(session);
                        session.over();
                        session.process().thenAccept(ServerProcess::stopAndWait);
                    }
                    return null;
                },
                false);
    }
}
