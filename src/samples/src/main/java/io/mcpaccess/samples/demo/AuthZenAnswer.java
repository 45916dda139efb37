package io.mcpaccess.samples.demo;

/**
 * What AM's AuthZEN endpoint said.
 *
 * @param status the HTTP status
 * @param decision whether it is allowed; false without a decision
 * @param reason the reason code; empty where there is none
 * @param millis how long it took
 */
record AuthZenAnswer(int status, boolean decision, String reason, long millis) {
    @Override
    public String toString() {
        return status + " decision=" + decision + " reason_code=" + reason;
    }
}
