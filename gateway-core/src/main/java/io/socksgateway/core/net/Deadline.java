package io.socksgateway.core.net;

/**
 * Something that happens unless it is cancelled first; a link in its {@link DeadlineWheel}.
 *
 * <p>Confined to its event loop.
 */
public abstract class Deadline {

    /** Neighbours in a ring; itself when not armed. */
    Deadline previous = this;

    Deadline next = this;

    /** Step at which it is due. */
    long due;

    /** A deadline that runs an action. */
    public static Deadline of(Runnable action) {
        return new Deadline() {
            @Override
            protected void expired() {
                action.run();
            }
        };
    }

    /** Called on the event loop when the time has come; may arm itself again. */
    protected abstract void expired();

    /** Does nothing if it is not armed. */
    public final void cancel() {
        previous.next = next;
        next.previous = previous;
        previous = this;
        next = this;
    }

    public final boolean isArmed() {
        return next != this;
    }

    final void linkBehind(Deadline head) {
        next = head.next;
        previous = head;
        head.next.previous = this;
        head.next = this;
    }
}
