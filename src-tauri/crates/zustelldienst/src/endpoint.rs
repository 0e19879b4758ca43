//! What can be asked of the Zustelldienst: one table for routes, faults and the `OpenAPI`.

use http::Method;

macro_rules! endpoints {
    ($($(#[$doc:meta])* $name:ident = $method:ident $path:literal;)+) => {
        /// An endpoint of the `OpenAPI`, or the one for tokens beside it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Endpoint {
            $($(#[$doc])* $name,)+
        }

        impl Endpoint {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its method.
            pub const fn method(self) -> Method {
                match self { $(Self::$name => Method::$method,)+ }
            }

            /// Its path as the `OpenAPI` writes it.
            pub const fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)+ }
            }
        }
    };
}

endpoints! {
    /// Give a token.
    Token = POST "/token";
    /// List one's own Zustellpunkte.
    ListZustellpunkte = GET "/v1/destinations";
    /// Register a Zustellpunkt.
    CreateZustellpunkt = POST "/v1/destinations";
    /// Show a Zustellpunkt.
    GetZustellpunkt = GET "/v1/destinations/{destinationId}";
    /// Change parts of a Zustellpunkt.
    PatchZustellpunkt = PATCH "/v1/destinations/{destinationId}";
    /// Add a key.
    AddKey = POST "/v1/destinations/{destinationId}/keys";
    /// Show a key.
    GetKey = GET "/v1/destinations/{destinationId}/keys/{keyId}";
    /// Read an event log.
    GetEvents = GET "/v1/cases/{caseId}/events";
    /// Accept, reject or forward.
    SendEvent = POST "/v1/cases/{caseId}/events";
    /// List what can be fetched.
    ListEinreichungen = GET "/v1/submissions";
    /// Announce an Einreichung.
    CreateEinreichung = POST "/v1/submissions";
    /// Fetch an Einreichung.
    GetEinreichung = GET "/v1/submissions/{submissionId}";
    /// Submit an Einreichung.
    SubmitEinreichung = PUT "/v1/submissions/{submissionId}";
    /// Fetch an Anlage.
    GetAnlage = GET "/v1/submissions/{submissionId}/attachments/{attachmentId}";
    /// Upload an Anlage.
    PutAnlage = PUT "/v1/submissions/{submissionId}/attachments/{attachmentId}";
    /// Say which version this is.
    GetInfo = GET "/v1/info";
    /// Show the Zustelldienst's keys.
    GetJwks = GET "/.well-known/jwks.json";
}
