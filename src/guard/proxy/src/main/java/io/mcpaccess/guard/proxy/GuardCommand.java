package io.mcpaccess.guard.proxy;

import io.mcpaccess.guard.proxy.identity.SigningKey;
import io.mcpaccess.guard.proxy.settings.ProxyFlags;
import io.mcpaccess.guard.proxy.settings.ProxySettings;
import io.mcpaccess.guard.proxy.tryout.TryException;
import io.mcpaccess.guard.proxy.tryout.Tryout;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command {@code guard-proxy}. */
public final class GuardCommand {
    private static final int WRONG_SETTINGS = 2;

    private GuardCommand() {}

    /**
     * Runs the proxy until it is told to stop (SIGTERM), and reads its settings again when it is told so (SIGHUP).
     *
     * @param arguments see {@link ProxyFlags#usage}
     * @throws Exception when it cannot start
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        ProxyFlags flags;
        ProxySettings settings;
        try {
            flags = ProxyFlags.parse(List.of(arguments));
            if (flags.isHelp()) {
                System.out.println(ProxyFlags.usage());
                return;
            }
            if (flags.tryFlags().tried().isPresent()) {
                tryOut(flags, environment);
                return;
            }
            settings = flags.settings(environment);
            if (flags.isCheck()) {
                SigningKey.of(settings.identityKey());
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println("guard-proxy: " + wrong.getMessage());
            System.exit(WRONG_SETTINGS);
            return;
        }
        if (flags.isCheck()) {
            System.out.println("guard-proxy: the settings are right.");
            return;
        }
        GuardProxy proxy = GuardProxy.start(settings, telemetry(environment));
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::close, "stop"));
        Hangup.heard(() -> reload(proxy, flags, environment));
        System.out.println("guard ready " + proxy.url());
    }

    private static void tryOut(ProxyFlags flags, Map<String, String> environment) throws Exception {
        Optional<String> secret =
                Optional.ofNullable(environment.get("GUARD_TRY_SECRET")).filter(value -> !value.isBlank());
        URI url = flags.tryFlags().tried().orElseThrow();
        try (Tryout tryout = new Tryout(
                url, flags.tryFlags().tryClientId(), secret, flags.tryFlags().callbackPort(), System.out)) {
            tryout.run(flags.tryFlags().words());
        } catch (TryException wrong) {
            System.err.println("guard-proxy: " + wrong.getMessage());
            System.exit(1);
        }
    }

    /** Settings that are wrong change nothing: those before go on. */
    private static void reload(GuardProxy proxy, ProxyFlags flags, Map<String, String> environment) {
        try {
            proxy.reload(flags.settings(environment));
        } catch (IllegalArgumentException wrong) {
            System.err.println("guard-proxy: the settings were not read again. " + wrong.getMessage());
        }
    }

    /** As the environment says (OpenTelemetry, environment variables); without an endpoint there are no traces. */
    private static OpenTelemetry telemetry(Map<String, String> environment) {
        boolean wanted = environment.containsKey("OTEL_EXPORTER_OTLP_ENDPOINT")
                || environment.containsKey("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        if (!wanted) {
            return OpenTelemetry.noop();
        }
        return AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> Map.of(
                        "otel.service.name",
                        "guard-proxy",
                        "otel.metrics.exporter",
                        "none",
                        "otel.logs.exporter",
                        "none",
                        "otel.exporter.otlp.protocol",
                        "http/protobuf"))
                .build()
                .getOpenTelemetrySdk();
    }
}
