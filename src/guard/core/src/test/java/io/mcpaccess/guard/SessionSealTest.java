package io.mcpaccess.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.guard.oauth.ClientCredentials;
import io.mcpaccess.guard.oauth.ResourceIdentifier;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SessionSealTest {
    private static final ResourceIdentifier RESOURCE = ResourceIdentifier.of("https://b.example/mcp");
    private final SessionSeal seal = new SessionSeal(new ClientCredentials("billing-mcp", "s2"), RESOURCE);

    @Property(tries = 200)
    void isGoodForItsOwnerAlone(
            @ForAll @StringLength(min = 1, max = 40) String owner,
            @ForAll @StringLength(min = 1, max = 40) String other,
            @ForAll @AlphaChars @StringLength(min = 1, max = 40) String id) {
        Assume.that(!owner.equals(other));
        String sealed = seal.sealed(owner, id);
        assertThat(seal.opened(owner, sealed)).contains(id);
        assertThat(seal.opened(other, sealed)).isEmpty();
    }

    @Test
    void doesNotTakeTheEndOfANameForTheBeginningOfAnId() {
        String tail = seal.sealed("ab", "c").substring(1);
        assertThat(seal.opened("a", "bc" + tail)).isEmpty();
    }

    @Test
    void opensNothingThatWasChanged() {
        String sealed = seal.sealed("alice", "id");
        for (String changed : new String[] {
            "id", "", ".", "id.", ".id", "x" + sealed, sealed + "x", sealed.substring(0, sealed.length() - 1), "i.d"
        }) {
            assertThat(seal.opened("alice", changed)).as(changed).isEmpty();
        }
    }

    @Test
    void isTheSameInEveryReplicaAndAnotherInEveryServer() {
        SessionSeal replica = new SessionSeal(new ClientCredentials("billing-mcp", "s2"), RESOURCE);
        SessionSeal secret = new SessionSeal(new ClientCredentials("billing-mcp", "s3"), RESOURCE);
        SessionSeal server = new SessionSeal(
                new ClientCredentials("billing-mcp", "s2"), ResourceIdentifier.of("https://c.example/mcp"));
        String sealed = seal.sealed("alice", "a.b.c");
        assertThat(replica.opened("alice", sealed)).contains("a.b.c");
        assertThat(secret.opened("alice", sealed)).isEmpty();
        assertThat(server.opened("alice", sealed)).isEmpty();
    }
}
