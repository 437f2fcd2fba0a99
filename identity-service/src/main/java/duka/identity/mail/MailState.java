package duka.identity.mail;

/** How far a mail has come. */
public enum MailState {
    WAITING,
    SENT,
    /** Refused for good, or too often. An admin may have it tried again. */
    FAILED,
    /** Not sent because it was of no use any more. */
    DROPPED
}
