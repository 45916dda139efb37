package io.mcpaccess.authzen.pep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    @Test
    void readsClientIdAndSecret() {
        assertThat(Credentials.read(basic("billing:s2"))).contains(new Credentials.Basic("billing", "s2"));
    }

    @Test
    void schemeMayHaveAnyCase() {
        assertThat(Credentials.read("bAsIc " + encoded("a:b"))).contains(new Credentials.Basic("a", "b"));
        assertThat(Credentials.read("BEARER t")).contains(new Credentials.Bearer("t"));
    }

    @Test
    void percentEscapesAreDecodedAndAPlusStaysOne() {
        assertThat(Credentials.read(basic("my%20app:a+b%2Bc"))).contains(new Credentials.Basic("my app", "a+b+c"));
    }

    @Test
    void aStrayPercentSignIsTakenAsItIs() {
        assertThat(Credentials.read(basic("app:100%"))).contains(new Credentials.Basic("app", "100%"));
    }

    @Test
    void secretMayContainColons() {
        assertThat(Credentials.read(basic("app:a:b"))).contains(new Credentials.Basic("app", "a:b"));
    }

    @Test
    void anythingElseIsNoCredentials() {
        assertThat(Credentials.read(null)).isEmpty();
        assertThat(Credentials.read("Basic")).isEmpty();
        assertThat(Credentials.read("Basic !!!")).isEmpty();
        assertThat(Credentials.read(basic("no-colon"))).isEmpty();
        assertThat(Credentials.read(basic(":secret"))).isEmpty();
        assertThat(Credentials.read("Bearer  ")).isEmpty();
        assertThat(Credentials.read("Digest x")).isEmpty();
    }

    @Test
    void neverShowsASecret() {
        assertThat(new Credentials.Basic("app", "hush").toString()).doesNotContain("hush");
        assertThat(new Credentials.Bearer("hush").toString()).doesNotContain("hush");
    }

    private static String basic(String pair) {
        return "Basic " + encoded(pair);
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
