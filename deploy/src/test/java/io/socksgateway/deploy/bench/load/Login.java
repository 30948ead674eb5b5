package io.socksgateway.deploy.bench.load;

/** A user and password to log in with. */
public record Login(String user, String password) {

    @Override
    public String toString() {
        return user;
    }
}
