package io.mcpaccess.sandbox.config;

import io.mcpaccess.sandbox.data.ApprovalRow;
import io.mcpaccess.sandbox.data.Ids;
import io.mcpaccess.sandbox.data.UserRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what users approved before the sandbox started, as in a domain that gets its policies later. The rows look as AM
 * alone would have left them.
 */
final class ApprovalReader {
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final String domain;
    private final List<UserRow> users;
    private final Mistakes mistakes;
    private final long now;

    ApprovalReader(String domain, List<UserRow> users, Mistakes mistakes, long now) {
        this.domain = domain;
        this.users = users;
        this.mistakes = mistakes;
        this.now = now;
    }

    List<ApprovalRow> read(List<Section> sections) {
        List<ApprovalRow> rows = new ArrayList<>();
        for (Section section : sections) {
            String username = section.text("username", "username: alice");
            String clientId = section.text("clientId", "clientId: agent");
            Optional<UserRow> user = users.stream()
                    .filter(each -> each.username().equals(username))
                    .findFirst();
            if (user.isEmpty() && !username.isEmpty()) {
                mistakes.add(section.at("username"), "there is no user '" + username + "'", "declare it in users");
            }
            List<String> scopes = section.texts("scopes");
            user.ifPresent(known -> scopes.forEach(scope -> rows.add(row(known, clientId, scope))));
            section.end();
        }
        return rows;
    }

    private ApprovalRow row(UserRow user, String clientId, String scope) {
        return new ApprovalRow(
                Ids.of("approval", domain, user.id() + "/" + clientId + "/" + scope),
                "declared",
                domain,
                user.source(),
                user.id(),
                user.externalId(),
                clientId,
                scope,
                "APPROVED",
                now + LIFETIME.toMillis(),
                now,
                now);
    }
}
