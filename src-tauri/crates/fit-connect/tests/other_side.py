"""The other side of the cross-check: Python's jwcrypto opens what Kontor sealed, and the reverse.

Reads one JSON object from standard input and writes one to standard output.
"""

import json
import sys

from jwcrypto import jwe, jwk, jws

asked = json.load(sys.stdin)


def private(pem, public):
    """The private key, after a look at whether its public numbers are the ones Kontor publishes."""
    key = jwk.JWK.from_pem(pem.encode())
    numbers = json.loads(key.export_public())
    assert (numbers["n"], numbers["e"]) == (public["n"], public["e"]), "another key"
    return key


encryption = private(asked["encryption_pem"], asked["encryption_jwk"])
signature = private(asked["signature_pem"], asked["signature_jwk"])

opened = jwe.JWE(algs=["RSA-OAEP-256", "A256GCM"])
opened.deserialize(asked["jwe"], key=encryption)

verified = jws.JWS()
verified.allowed_algs = ["PS512"]
verified.deserialize(asked["jws"], key=signature)


def seal(**more):
    header = {"alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": asked["encryption_jwk"]["kid"], **more}
    message = jwe.JWE(
        asked["content"].encode(), protected=json.dumps(header), algs=["RSA-OAEP-256", "A256GCM", "DEF"]
    )
    message.add_recipient(encryption)
    return message.serialize(compact=True)


signed = jws.JWS(asked["content"].encode())
signed.allowed_algs = ["PS512"]
signed.add_signature(
    signature,
    protected=json.dumps(
        {"alg": "PS512", "typ": "secevent+jwt", "kid": asked["signature_jwk"]["kid"]}
    ),
)

json.dump(
    {
        "opened": opened.payload.decode(),
        "verified": verified.payload.decode(),
        "jwe": seal(cty="application/json"),
        "compressed": seal(zip="DEF"),
        "jws": signed.serialize(compact=True),
    },
    sys.stdout,
)
