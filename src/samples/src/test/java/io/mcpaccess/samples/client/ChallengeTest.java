package io.mcpaccess.samples.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChallengeTest {
    @Test
    void readsEveryParameter() {
        Challenge challenge = Challenge.read("Bearer error=\"insufficient_scope\", scope=\"a b\", realm=\"x\\\"y\","
                        + " resource_metadata=\"https://h/.well-known/x?a=1,2\"")
                .orElseThrow();
        assertThat(challenge.parameter("error")).contains("insufficient_scope");
        assertThat(challenge.parameter("scope")).contains("a b");
        assertThat(challenge.parameter("realm")).contains("x\"y");
        assertThat(challenge.parameter("resource_metadata")).contains("https://h/.well-known/x?a=1,2");
        assertThat(challenge.parameter("other")).isEmpty();
    }

    @Test
    void readsNoOtherScheme() {
        assertThat(Challenge.read("Basic realm=\"x\"")).isEmpty();
    }
}
