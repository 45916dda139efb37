package io.mcpaccess.samples.demo;

import io.mcpaccess.guard.oauth.ClientCredentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What there is to see while the demo is left running: addresses, users, and three commands to paste into a shell. */
final class Tour {
    private Tour() {}

    /**
     * The lines to print.
     *
     * @param scene what runs
     * @param root the repository, for the path of the command line
     */
    static List<String> lines(Scene scene, Path root) {
        DemoDomain domain = scene.domain();
        List<String> lines = new ArrayList<>(List.of(
                "AM's gateway     " + scene.gateway().domainUrl(),
                "AM's management  " + scene.management() + "  admin / adminadmin",
                "billing server   " + scene.billing()));
        domain.engineConfiguration("connectionUri").ifPresent(url -> lines.add("OpenFGA          " + url));
        lines.add("users            "
                + String.join(
                        ", ",
                        domain.usernames().stream()
                                .map(user -> user + " / " + domain.passwordOf(user))
                                .toList()));
        lines.add("");
        lines.add("Three commands to try in another terminal:");
        commands(scene, root).forEach(command -> lines.add("  " + command));
        return List.copyOf(lines);
    }

    /** A call without a token, a decision, and who may call what. Each is one line, and exits 0. */
    static List<String> commands(Scene scene, Path root) {
        ClientCredentials pep = scene.domain().credentials("billing");
        String question = "{\"subject\":{\"type\":\"user\",\"id\":\"bob\"},\"action\":{\"name\":\"can_call\"},"
                + "\"resource\":{\"type\":\"tool\",\"id\":\"refund_invoice\"}}";
        return List.of(
                "curl -si -X POST " + scene.billing() + " -H 'Content-Type: application/json' -d '{}'",
                "curl -s -u " + pep.clientId() + ":" + pep.clientSecret() + " "
                        + scene.gateway().domainUrl()
                        + "/access/v1/evaluation -H 'Content-Type: application/json' -d '" + question + "'",
                "AMCTL_URL=" + scene.management() + "/management AMCTL_USERNAME=admin AMCTL_PASSWORD=adminadmin "
                        + quoted(root.resolve("bin/amctl").toString()) + " map "
                        + scene.domain().id() + " --subject user:alice");
    }

    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
