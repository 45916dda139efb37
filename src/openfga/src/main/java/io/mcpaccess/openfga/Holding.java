package io.mcpaccess.openfga;

/** Whether somebody has a relation, where a condition may lack the values that only a call brings. */
public enum Holding {

    /** No, whatever a call brings along. */
    NO,

    /** That hangs on a condition whose values were not given. */
    CONDITIONAL,

    /** Yes. */
    YES,

    /** It could not be found out: too many steps, or too little time. */
    UNKNOWN
}
