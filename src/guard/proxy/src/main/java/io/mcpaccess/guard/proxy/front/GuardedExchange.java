package io.mcpaccess.guard.proxy.front;

import io.mcpaccess.guard.Admission;
import io.mcpaccess.guard.GuardDecision;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.RequestHead;
import io.mcpaccess.guard.oauth.PresentedProof;
import io.mcpaccess.guard.proxy.answer.ClientAnswer;
import io.mcpaccess.guard.proxy.observe.Observer;
import io.mcpaccess.guard.proxy.upstream.AllowedRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.CertificateEncodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to a guarded server, from its head to the end of its answer: the token first, then the body, then the decision.
 * A body is read when its sender may be here, and not before. For one event loop.
 */
final class GuardedExchange {
    /** Reading a longer message takes so long that the event loop's other clients would notice. */
    private static final int LONG_BODY = 1 << 16;

    private static final Logger LOG = LoggerFactory.getLogger(GuardedExchange.class);

    private final Vertx vertx;
    private final Context context;
    private final HttpServerRequest request;
    private final HttpConnection connection;
    private final ClientAnswer answer;
    private final GuardedServer server;
    private final Connections connections;
    private final Observer.Request observed;
    private Admission admission;

    GuardedExchange(
            Vertx vertx,
            HttpServerRequest request,
            ClientAnswer answer,
            GuardedServer server,
            Connections connections,
            Observer observer) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.request = request;
        this.connection = request.connection();
        this.answer = answer;
        this.server = server;
        this.connections = connections;
        this.observed = observer.begins(server.name(), request.method().name(), request.getHeader("traceparent"));
    }

    void start() {
        answer.onEnd(this::over);
        String address =
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        safely(() -> here(server.guard().admitAsync(head(), address), this::admitted));
    }

    private void over() {
        connections.ended(connection);
        if (answer.isLast()) {
            Leftover.discard(vertx, request, connection::close);
        }
        observed.ended(answer.status());
        if (admission != null) {
            admission.close();
        }
        server.uses().end();
    }

    private void admitted(Admission given) {
        admission = given;
        if (answer.isOver()) {
            admission.close();
        } else if (given.refusal().isPresent()) {
            Refused refused = given.refusal().get();
            if (refused.kind() == GuardDecision.Kind.MALFORMED) {
                refuseAndEndConnection(refused);
            } else {
                refuse(refused);
                if (!answer.isLast()) {
                    Leftover.discard(vertx, request, () -> {});
                }
            }
        } else {
            new BodyReader(vertx, server.guard(), this::decide, this::refuseAndEndConnection).read(request);
        }
    }

    private void decide(byte[] body) {
        if (body.length < LONG_BODY) {
            here(admission.decide(body), decision -> {
                observed.decided(decision, admission.caller(), body);
                decided(decision);
            });
            return;
        }
        Future<CompletionStage<GuardDecision>> asked = vertx.executeBlocking(() -> admission.decide(body), false);
        here(
                asked.toCompletionStage().thenCompose(stage -> stage).thenCompose(decision -> noted(decision, body)),
                this::decided);
    }

    /** What is refused is read again for its names. */
    private CompletionStage<GuardDecision> noted(GuardDecision decision, byte[] body) {
        Future<GuardDecision> noted = vertx.executeBlocking(
                () -> {
                    observed.decided(decision, admission.caller(), body);
                    return decision;
                },
                false);
        return noted.toCompletionStage();
    }

    private void decided(GuardDecision decision) {
        if (answer.isOver()) {
            return;
        }
        if (decision instanceof GuardDecision.Allowed allowed) {
            Map<String, String> identity = new LinkedHashMap<>(server.identity().of(allowed.caller()));
            observed.traceHeaders().forEach(identity::put);
            server.upstream()
                    .pass(new AllowedRequest(request.method().name(), request.headers(), allowed, identity), answer);
        } else if (decision instanceof Refused refused) {
            answer.whole(refused.answer());
        }
    }

    private void refuse(Refused refused) {
        observed.decided(refused, Optional.empty(), new byte[0]);
        answer.whole(refused.answer());
    }

    /** The client's next request must not come behind a body that nobody reads. */
    private void refuseAndEndConnection(Refused refused) {
        boolean isHttp2 = request.version() == io.vertx.core.http.HttpVersion.HTTP_2;
        if (!isHttp2) {
            connections.lastRequest(connection);
            answer.endsConnection();
        }
        refuse(refused);
        if (isHttp2) {
            Leftover.discard(vertx, request, () -> {});
        }
    }

    private RequestHead head() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : request.headers().names()) {
            headers.put(name, request.headers().getAll(name));
        }
        return RequestHead.of(request.method().name(), headers).withCertificate(certificate());
    }

    /** Of the TLS connection itself: a header that a proxy in front sets is not believed. */
    private Optional<String> certificate() {
        if (!request.isSSL() || request.sslSession() == null) {
            return Optional.empty();
        }
        try {
            byte[] encoded = request.sslSession().getPeerCertificates()[0].getEncoded();
            return Optional.of(PresentedProof.thumbprint(encoded));
        } catch (SSLPeerUnverifiedException | CertificateEncodingException none) {
            return Optional.empty();
        }
    }

    /** A step that cannot be taken must not leave its client waiting, and its caller's place taken, for ever. */
    private void safely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException unforeseen) {
            LOG.error(
                    "A request to server '{}' could not go on: {}",
                    server.name(),
                    unforeseen.getClass().getSimpleName());
            answer.giveUp(500, "The request could not be passed on.");
        }
    }

    /** Goes on where the connection lives, whatever thread an answer of AM came on. */
    private <T> void here(CompletionStage<T> stage, Consumer<T> next) {
        stage.whenComplete((result, failure) -> {
            Runnable step = () -> {
                if (failure == null) {
                    safely(() -> next.accept(result));
                } else {
                    answer.failed(503, "Access could not be decided. Try again later.");
                }
            };
            if (Vertx.currentContext() == context) {
                step.run();
            } else {
                context.runOnContext(now -> step.run());
            }
        });
    }
}
