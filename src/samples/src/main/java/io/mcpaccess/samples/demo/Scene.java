package io.mcpaccess.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.oauth.ClientCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything the steps of the demo play with, running.
 *
 * @param domain the domain as configured
 * @param gateway AM's gateway
 * @param management AM's management API, {@code http://HOST:PORT}
 * @param administration the same, logged in
 * @param engine takes the engine away and brings it back
 * @param billing the billing server's URL
 * @param alice a client with alice at the browser
 * @param bob another, with bob
 */
record Scene(
        DemoDomain domain,
        Gateway gateway,
        String management,
        Administration administration,
        EngineControl engine,
        String billing,
        ClientProcess alice,
        ClientProcess bob) {
    /** The sandbox builds the plugins first where they are missing. */
    private static final Duration BUILD = Duration.ofMinutes(10);

    private static final Duration START = Duration.ofSeconds(60);

    static Scene build(Stage stage, Path root, Path work, boolean openFga, Report report) throws IOException {
        Path files = root.resolve("src/samples/demo");
        Path store = files.resolve("store.fga.yaml");
        int billingPort = freePort();
        String billing = "http://127.0.0.1:" + billingPort + "/mcp";
        DemoDomain domain = DemoDomain.read(files.resolve("sandbox.yml"));
        domain.place(billing);
        int openFgaPort = freePort();
        OpenFgaServer server = openFga ? OpenFgaServer.start(stage, root, openFgaPort) : null;
        if (openFga) {
            domain.engine(server.seed(store));
            report.note("openfga   127.0.0.1:" + openFgaPort);
        }

        List<String> sandbox = List.of(
                root.resolve("bin/sandbox").toString(),
                "--config",
                domain.writeTo(work, store).toString());
        String ready = stage.start("sandbox", sandbox, Map.of()).await("sandbox ready ", BUILD);
        report.note("sandbox   " + ready);
        String[] nodes = ready.split("gateway=| management=");
        ClientCredentials pep = domain.credentials("billing");
        Gateway gateway = new Gateway(nodes[1].trim(), domain.id(), pep);
        Administration administration = Administration.login(nodes[2].trim(), domain.id(), "admin", "adminadmin");
        EngineControl engine = openFga
                ? new RealOpenFga(stage, root, openFgaPort, store, server, administration, domain)
                : new EmbeddedEngine(administration, domain);

        Map<String, String> secrets =
                Map.of("BILLING_CLIENT_ID", pep.clientId(), "BILLING_CLIENT_SECRET", pep.clientSecret());
        List<String> arguments =
                List.of("--domain", gateway.domainUrl(), "--port", String.valueOf(billingPort), "--resource", billing);
        ChildProcess billingServer =
                stage.start("billing", java("io.mcpaccess.samples.billing.BillingServer", arguments), secrets);
        ClientProcess alice = client(stage, domain, billing, "alice");
        ClientProcess bob = client(stage, domain, billing, "bob");
        report.note("billing   " + billingServer.await("billing ready ", START));
        return new Scene(domain, gateway, nodes[2].trim(), administration, engine, billing, alice, bob);
    }

    private static ClientProcess client(Stage stage, DemoDomain domain, String server, String user) throws IOException {
        JsonNode application = domain.application();
        List<String> arguments = List.of(
                "--server",
                server,
                "--client-id",
                application.path("clientId").asText(),
                "--redirect-uri",
                application.path("redirectUris").path(0).asText(),
                "--username",
                user);
        Map<String, String> secrets = Map.of(
                "DEMO_PASSWORD",
                domain.passwordOf(user),
                "DEMO_CLIENT_SECRET",
                application.path("clientSecret").asText());
        return new ClientProcess(
                stage.start("client-" + user, java("io.mcpaccess.samples.client.DemoClient", arguments), secrets));
    }

    private static List<String> java(String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(arguments);
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
