//! Devices, what they may show, and sessions.

use sqlx::Row as _;

use super::*;

pub(super) async fn add(connection: &mut Connection, device: &NewDevice, session: &NewSession) -> Result<bool, StorageError> {
    sqlx::query("INSERT INTO devices (id, user_id, outbox_key, outbox_mark) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING")
        .bind(bytes(device.device.0))
        .bind(bytes(device.user.0))
        .bind(&device.outbox_key)
        .bind(device.outbox_mark.0.as_slice())
        .execute(&mut *connection)
        .await?;
    // Known already: only as the same device of the same user with the same key, since what waits is sealed under it.
    let same = sqlx::query("SELECT id FROM devices WHERE id = $1 AND user_id = $2 AND outbox_mark = $3 AND revoked_at IS NULL")
        .bind(bytes(device.device.0))
        .bind(bytes(device.user.0))
        .bind(device.outbox_mark.0.as_slice())
        .fetch_optional(&mut *connection)
        .await?;
    if same.is_none() {
        return Ok(false);
    }
    for (kind, hash) in [(Credential::Push, device.push), (Credential::Renew, device.renew)] {
        sqlx::query("INSERT INTO credentials (hash, device, kind) VALUES ($1, $2, $3)")
            .bind(hash.0.as_slice())
            .bind(bytes(device.device.0))
            .bind(kind.as_str())
            .execute(&mut *connection)
            .await?;
    }
    add_session(connection, session).await?;
    Ok(true)
}

pub(super) async fn by_credential(pool: &Pool, kind: Credential, hash: Bytes32) -> Result<Option<Device>, StorageError> {
    let row = sqlx::query(
        "SELECT d.id, d.user_id, d.outbox_key, d.revoked_at IS NOT NULL
         FROM credentials c JOIN devices d ON d.id = c.device WHERE c.hash = $1 AND c.kind = $2",
    )
    .bind(hash.0.as_slice())
    .bind(kind.as_str())
    .fetch_optional(pool)
    .await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn by_id(pool: &Pool, device: DeviceId) -> Result<Option<Device>, StorageError> {
    let query = sqlx::query("SELECT id, user_id, outbox_key, revoked_at IS NOT NULL FROM devices WHERE id = $1");
    query.bind(bytes(device.0)).fetch_optional(pool).await?.as_ref().map(read).transpose()
}

fn read(row: &DbRow) -> Result<Device, StorageError> {
    let device = DeviceId(row.uuid(0)?);
    Ok(Device { device, user: UserId(row.uuid(1)?), outbox_key: row.try_get(2)?, revoked: row.try_get(3)? })
}

pub(super) async fn add_session(connection: &mut Connection, session: &NewSession) -> Result<(), StorageError> {
    sqlx::query("INSERT INTO sessions (hash, user_id, device, expires) VALUES ($1, $2, $3, $4)")
        .bind(session.hash.0.as_slice())
        .bind(bytes(session.user.0))
        .bind(bytes(session.device.0))
        .bind(session.expires.timestamp_millis())
        .execute(connection)
        .await?;
    Ok(())
}

/// Adds a session that was renewed. What renews it is held, so that of a renewal and a new phrase that meet, the phrase is the last.
pub(super) async fn renew_session(connection: &mut Connection, session: &NewSession) -> Result<bool, StorageError> {
    let renews = sqlx::query(concat!("SELECT hash FROM credentials WHERE device = $1 AND kind = $2", held!()))
        .bind(bytes(session.device.0))
        .bind(Credential::Renew.as_str())
        .fetch_all(&mut *connection)
        .await?;
    if renews.is_empty() {
        return Ok(false);
    }
    add_session(connection, session).await?;
    Ok(true)
}

pub(super) async fn sweep_sessions(connection: &mut Connection, at: DateTime<Utc>) -> Result<(), StorageError> {
    sqlx::query("DELETE FROM sessions WHERE expires <= $1").bind(at.timestamp_millis()).execute(connection).await?;
    Ok(())
}

pub(super) async fn session(pool: &Pool, hash: Bytes32, at: DateTime<Utc>) -> Result<Option<Asker>, StorageError> {
    let row = sqlx::query(
        "SELECT u.id, u.login_name, u.name, u.role, d.id
         FROM sessions s JOIN users u ON u.id = s.user_id JOIN devices d ON d.id = s.device
         WHERE s.hash = $1 AND s.expires > $2 AND d.revoked_at IS NULL",
    )
    .bind(hash.0.as_slice())
    .bind(at.timestamp_millis())
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        let user = UserId(row.uuid(0)?);
        Ok(Asker { user, login_name: row.try_get(1)?, name: row.try_get(2)?, role: row.role(3)?, device: DeviceId(row.uuid(4)?) })
    })
    .transpose()
}
