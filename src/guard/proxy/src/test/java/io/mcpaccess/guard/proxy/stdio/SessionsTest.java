package io.mcpaccess.guard.proxy.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.guard.proxy.settings.UpstreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final Sessions sessions =
            new Sessions(new UpstreamSettings.ProcessBounds(6, 2, Duration.ofMinutes(15), Duration.ofHours(8)));

    @Test
    void attackOneUserBeginsAndLeavesSessionsWithoutAPause() {
        List<Session> begun = new ArrayList<>();
        for (int attempt = 0; attempt < 100; attempt++) {
            sessions.open("alice").session().ifPresent(begun::add);
        }
        // Two that are open and two whose processes are still there.
        assertThat(begun).hasSize(4);
        assertThat(sessions.count()).isEqualTo(4);
        assertThat(sessions.withProcess()).containsExactlyInAnyOrderElementsOf(begun);
        assertThat(sessions.open("alice").full()).contains(Sessions.Full.OF_CALLER);
        assertThat(sessions.open("bob").session()).isPresent();

        sessions.gone(begun.get(0));
        assertThat(sessions.open("alice").session()).isPresent();
    }

    @Test
    void attackManyUsersDoTheSame() {
        int begun = 0;
        for (int attempt = 0; attempt < 100; attempt++) {
            var opening = sessions.open("user" + attempt % 20);
            begun += opening.session().isPresent() ? 1 : 0;
            opening.session().ifPresent(sessions::remove);
        }
        assertThat(begun).isEqualTo(6);
        assertThat(sessions.open("bob").full()).contains(Sessions.Full.OF_ALL);
    }

    @Test
    void whatIsGoneAlreadyIsNotWaitedFor() {
        Session session = sessions.open("alice").session().orElseThrow();
        sessions.gone(session);
        sessions.remove(session);
        assertThat(sessions.count()).isZero();
    }
}
