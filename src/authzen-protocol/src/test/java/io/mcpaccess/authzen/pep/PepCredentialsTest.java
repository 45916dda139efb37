package io.mcpaccess.authzen.pep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PepCredentialsTest {

    @Test
    void readsClientIdAndSecret() {
        assertThat(PepCredentials.read(basic("billing:s2"))).contains(new PepCredentials.Basic("billing", "s2"));
    }

    @Test
    void schemeMayHaveAnyCase() {
        assertThat(PepCredentials.read("bAsIc " + encoded("a:b"))).contains(new PepCredentials.Basic("a", "b"));
        assertThat(PepCredentials.read("BEARER t")).contains(new PepCredentials.Bearer("t"));
    }

    @Test
    void percentEscapesAreDecodedAndAPlusStaysOne() {
        assertThat(PepCredentials.read(basic("my%20app:a+b%2Bc")))
                .contains(new PepCredentials.Basic("my app", "a+b+c"));
    }

    @Test
    void aStrayPercentSignIsTakenAsItIs() {
        assertThat(PepCredentials.read(basic("app:100%"))).contains(new PepCredentials.Basic("app", "100%"));
    }

    @Test
    void secretMayContainColons() {
        assertThat(PepCredentials.read(basic("app:a:b"))).contains(new PepCredentials.Basic("app", "a:b"));
    }

    @Test
    void anythingElseIsNoCredentials() {
        assertThat(PepCredentials.read(null)).isEmpty();
        assertThat(PepCredentials.read("Basic")).isEmpty();
        assertThat(PepCredentials.read("Basic !!!")).isEmpty();
        assertThat(PepCredentials.read(basic("no-colon"))).isEmpty();
        assertThat(PepCredentials.read(basic(":secret"))).isEmpty();
        assertThat(PepCredentials.read("Bearer  ")).isEmpty();
        assertThat(PepCredentials.read("Digest x")).isEmpty();
    }

    @Test
    void neverShowsASecret() {
        assertThat(new PepCredentials.Basic("app", "hush").toString()).doesNotContain("hush");
        assertThat(new PepCredentials.Bearer("hush").toString()).doesNotContain("hush");
    }

    private static String basic(String pair) {
        return "Basic " + encoded(pair);
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
