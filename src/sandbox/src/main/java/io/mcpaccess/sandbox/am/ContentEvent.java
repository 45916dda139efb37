package io.mcpaccess.sandbox.am;

/** What of a domain changed that its gateway reads anew: AM's FlowEvent and FormEvent, as far as the sandbox tells them apart. */
public enum ContentEvent {
    /** A flow is new, changed or gone. */
    FLOWS,
    /** A page is new, changed or gone. */
    FORMS
}
